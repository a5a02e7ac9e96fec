package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import lab.os.FolderLock;
import lab.os.Folders;

/** A cluster that is being made, in a folder of the store. Its lock tells other processes that its maker lives. */
record IncompleteCluster(Path folder, FolderLock maker) implements AutoCloseable {
    static final String PREFIX = "half-";

    /** Only under the store's lock: between folder and lock it looks abandoned. */
    static IncompleteCluster in(Path store) throws IOException {
        var folder = Folders.temporary(store, PREFIX);
        return new IncompleteCluster(folder, FolderLock.on(folder));
    }

    void copy(Path template) throws IOException {
        Folders.copy(template.resolve("data"), folder.resolve("data"));
    }

    /** Complete from now on, under its final name. Only under the store's lock. */
    Path become(Path complete) throws IOException {
        maker.close();
        return Files.move(folder, complete, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override public void close() throws IOException {
        maker.close();
        Folders.delete(folder);
    }
}
