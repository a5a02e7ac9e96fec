package lab.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lab.LabException;
import lab.Versions;
import lab.cluster.ClusterStore;
import lab.docker.DockerCleaning;
import lab.docker.DockerEngine;
import lab.os.Caches;
import lab.os.FolderLock;
import lab.os.Folders;
import lab.os.IoErrors;
import lab.os.TempFolder;

/** Stops the servers of killed runs and empties the caches. Clusters of runs that still go on stay. */
public final class Cleanup {
    private Cleanup() { }

    /**
     * Removes all that can be made again.
     *
     * @return what was done, one sentence each
     * @throws LabException with the folder, where it cannot be emptied
     */
    public static List<String> clean() {
        var done = new ArrayList<String>();
        try {
            var running = 0L;
            for (var store : Folders.startingWith(Caches.folder("clusters"), "")) {
                var before = servers(store);
                new ClusterStore(store, store, Versions.DEFAULT).discard();
                var after = servers(store);
                running += after;
                done.add("clusters of " + store.getFileName() + ": " + (before - after) + " servers of killed runs removed"
                    + (after == 0 ? "" : ", " + after + " in use by running commands and kept"));
            }
            if (running == 0) {
                emptyPrograms();
            } else {
                done.add("PostgreSQL's programs are in use and kept");
            }
            for (var name : List.of("compiled", "log", "bench", "docker", "redis")) {
                Folders.delete(Caches.folder(name));
            }
            TempFolder.sweep();
            new DockerCleaning(DockerEngine.ofThisMachine()).clean().forEach(done::add);
            done.add("emptied " + Caches.root());
        } catch (IOException e) {
            throw new LabException("could not empty " + Caches.root() + ": " + IoErrors.describe(e) + "; delete it by hand", e);
        }
        return done;
    }

    private static int servers(Path store) throws IOException {
        return Folders.startingWith(store, "run-").size();
    }

    /** Not while another process unpacks them. */
    private static void emptyPrograms() throws IOException {
        var programs = Caches.folder("postgres");
        try (var lock = FolderLock.on(programs)) {
            for (var path : Folders.startingWith(programs, "")) {
                if (Files.isDirectory(path)) {
                    Folders.delete(path);
                }
            }
        }
    }
}
