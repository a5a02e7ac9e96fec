package lab;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Ready-made clusters for one installation of PostgreSQL. A template is initialised once; each run takes a copy of it,
 * and a spare copy is made while the learner reads, so that the next run need not wait even for that.
 *
 * <pre>
 * template/   data, passwords      made once
 * spare-…/    data                 complete copies nobody uses
 * run-…/      data, lock, log      a copy in use; its lock is held while its JVM lives
 * half-…/     data, lock          one of these being made; its lock is held while its maker lives
 * </pre>
 * Names change by atomic renames, so that whatever is interrupted leaves nothing that looks complete.
 */
final class ClusterStore {
    private final Path folder;
    private final Path binaries;
    private final int major;

    ClusterStore(Path folder, Path binaries, int major) {
        this.folder = folder;
        this.binaries = binaries;
        this.major = major;
    }

    /** A copy for this run alone, locked as long as this process lives. */
    Run take(Progress progress) {
        try (var store = FolderLock.on(folder)) {
            sweep();
            var template = template(progress);
            var run = folder.resolve("run-" + Long.toHexString(System.nanoTime()) + "-" + ProcessHandle.current().pid());
            var spares = Folders.startingWith(folder, "spare-");
            if (spares.isEmpty()) {
                try (var half = Half.in(folder)) {
                    half.copy(template);
                    half.become(run);
                }
            } else {
                Files.move(spares.getFirst(), run, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Run(run, FolderLock.on(run), Passwords.read(template.resolve(Passwords.FILE)));
        } catch (IOException e) {
            throw DiskTrouble.with("cannot make a cluster in " + folder, folder, e);
        }
    }

    /** @param owner held by this process until the run is over */
    record Run(Path folder, FolderLock owner, Passwords passwords) {

        /** Gives the folder up and removes it. */
        void end() throws IOException {
            ClusterStore.end(folder, owner);
        }
    }

    private static void end(Path folder, FolderLock owner) throws IOException {
        Orphans.stop(folder.resolve("data")); // where the guard was killed
        owner.close();
        Folders.delete(folder);
    }

    /** Whether a copy, be it in use, has all that the template had when it was made. */
    boolean isComplete(Run run) {
        return Inventory.agrees(folder.resolve("template").resolve(ClusterTemplate.INVENTORY), ClusterTemplate.tables(run.folder()));
    }

    /** Makes the copy that the next run will take. */
    void makeSpare() {
        try (var half = locked(() -> Half.in(folder))) {
            if (Folders.startingWith(folder, "spare-").isEmpty()) {
                half.copy(folder.resolve("template"));
                locked(() -> half.become(folder.resolve("spare-" + Long.toHexString(System.nanoTime()))));
            }
        } catch (IOException | LabException e) {
            // A spare only saves time. Without it the next run copies for itself, and reports what is wrong then.
        }
    }

    /** Forgets template and copies, because they do not start. Runs of living processes stay. */
    void discard() throws IOException {
        locked(() -> {
            sweep();
            for (var prefix : List.of("template", "spare-")) {
                for (var path : Folders.startingWith(folder, prefix)) {
                    Folders.delete(path);
                }
            }
            return folder;
        });
    }

    /** Removes what killed processes left: their servers, their folders, their half-made copies. */
    private void sweep() throws IOException {
        for (var prefix : List.of("run-", "half-")) {
            for (var left : Folders.startingWith(folder, prefix)) {
                removeIfAbandoned(left);
            }
        }
    }

    private static void removeIfAbandoned(Path left) throws IOException {
        try {
            var owner = FolderLock.ifFree(left);
            if (owner.isPresent()) {
                end(left, owner.get());
            }
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // Its guard, or an initdb that outlived its JVM, is at work there this moment; the next sweep sees what is left.
        }
    }

    private Path template(Progress progress) throws IOException {
        var template = folder.resolve("template");
        if (!Files.isDirectory(template)) {
            progress.say("Preparing a PostgreSQL cluster, once …");
            try (var half = Half.in(folder)) {
                new ClusterTemplate(binaries, major).make(half.folder());
                half.become(template);
            }
        }
        return template;
    }

    private interface Work<T> {
        T get() throws IOException;
    }

    private <T> T locked(Work<T> work) throws IOException {
        try (var store = FolderLock.on(folder)) {
            return work.get();
        }
    }

    /** A folder that is being filled. Its lock tells other processes that its maker lives. */
    private record Half(Path folder, FolderLock maker) implements AutoCloseable {

        /** Only under the store's lock: between folder and lock it looks abandoned. */
        static Half in(Path store) throws IOException {
            var folder = Folders.temporary(store, "half-");
            return new Half(folder, FolderLock.on(folder));
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
}
