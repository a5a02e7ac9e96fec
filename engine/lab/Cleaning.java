package lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stops what killed runs left behind and empties the caches. Clusters of living runs stay. */
public final class Cleaning {
    private Cleaning() { }

    /** What was done, one sentence each. */
    public static List<String> clean() {
        var done = new ArrayList<String>();
        try {
            for (var store : Folders.startingWith(Caches.folder("clusters"), "")) {
                done.add(emptyStore(store));
            }
            for (var name : List.of("postgres", "compiled")) {
                Folders.delete(Caches.folder(name));
            }
            Folders.delete(Caches.folder("docker"));
            new DockerCleaning(DockerEngine.ofThisMachine()).clean().forEach(done::add);
            done.add("emptied " + Caches.root());
        } catch (IOException e) {
            throw new LabException("could not empty " + Caches.root() + ": " + e.getMessage() + "; delete it by hand", e);
        }
        return done;
    }

    private static String emptyStore(Path folder) throws IOException {
        var store = new ClusterStore(folder, folder, Versions.DEFAULT);
        var before = Folders.startingWith(folder, "run-").size();
        store.sweep();
        store.discard();
        var living = Folders.startingWith(folder, "run-").size();
        if (living == 0) {
            Folders.delete(folder);
        }
        return "clusters of " + folder.getFileName() + ": " + (before - living) + " left-over servers removed"
            + (living == 0 ? "" : ", " + living + " in use by running commands and kept");
    }
}
