package lab.cluster;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import lab.os.FolderLock;
import lab.os.FolderSize;
import lab.os.Folders;
import lab.os.Passwords;

/**
 * A copy in use.
 *
 * @param template what it is a copy of
 * @param taken    before anything in it changed
 * @param owner    held by this process until the run is over
 */
record ClusterRun(Path folder, Path template, Instant taken, FolderLock owner, Passwords passwords) {

    /** Whether the copy has all that the template had when it was made. */
    boolean isComplete() {
        return FolderSize.agrees(template.resolve(ClusterTemplate.INVENTORY), ClusterTemplate.tables(folder))
            && ClusterTemplate.hasOldSettings(template, folder);
    }

    /** Makes it what it was when it was taken: only what the run has changed is copied again. Its server has stopped. */
    void restore() throws IOException {
        PostmasterFile.in(folder.resolve("data")).stopServer();
        Folders.restore(folder.resolve("data"), template.resolve("data"));
        for (var left : ClusterTemplate.LEFT_BY_A_SERVER) {
            Files.deleteIfExists(folder.resolve(left));
        }
    }

    /** Complete and free from now on, under this name. Only under the store's lock. */
    void become(Path free) throws IOException {
        owner.close();
        Files.move(folder, free, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives the folder up and removes it. */
    void end() throws IOException {
        end(folder, owner);
    }

    /** Removes the folder of a run, or of a copy in the making, whose process is gone; leaves it alone while that lives. */
    static void removeIfAbandoned(Path left) throws IOException {
        try {
            var owner = FolderLock.ifFree(left);
            if (owner.isPresent()) {
                end(left, owner.get());
            }
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // Its guard, or an initdb that outlived its JVM, is at work there this moment; the next sweep sees what is left.
        }
    }

    private static void end(Path folder, FolderLock owner) throws IOException {
        PostmasterFile.in(folder.resolve("data")).stopServer(); // where the guard was killed
        owner.close();
        Folders.delete(folder);
    }
}
