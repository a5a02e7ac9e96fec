package lab;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A copy in use.
 *
 * @param template what it is a copy of
 * @param owner    held by this process until the run is over
 */
record ClusterRun(Path folder, Path template, FolderLock owner, Passwords passwords) {

    /** Whether the copy has all that the template had when it was made. */
    boolean isComplete() {
        return Inventory.agrees(template.resolve(ClusterTemplate.INVENTORY), ClusterTemplate.tables(folder));
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
        Orphans.stop(folder.resolve("data")); // where the guard was killed
        owner.close();
        Folders.delete(folder);
    }
}
