package lab;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * Ready-made clusters for one installation of PostgreSQL. A template is initialised once; each run takes a copy of it,
 * and a spare copy is made while the learner reads, so that the next run need not wait even for that.
 *
 * <pre>
 * template/   data, passwords      made once
 * filled-…/   data, passwords      the same with the content of a filling, by its key
 * spare-…/    data                 complete copies nobody uses, by the key of what they hold
 * run-…/      data, lock, log      a copy in use; its lock is held while its JVM lives
 * half-…/     data, lock          one of these being made; its lock is held while its maker lives
 * </pre>
 * Names change by atomic renames, so that whatever is interrupted leaves nothing that looks complete.
 */
final class ClusterStore {
    private static final String FILLED = "filled-";
    private static final long SMALL = 100L << 20;
    private static final long MUCH_SPACE = 20L << 30;
    private static final int MOST_FILLED = 12;
    private static final int FEWEST_FILLED = 4;
    private final Path folder;
    private final Path binaries;
    private final int major;

    ClusterStore(Path folder, Path binaries, int major) {
        this.folder = folder;
        this.binaries = binaries;
        this.major = major;
    }

    /** A copy for this run alone, locked as long as this process lives. */
    Run take(Filling filling, Progress progress) {
        try (var store = FolderLock.on(folder)) {
            sweep();
            var template = template(filling, progress);
            var run = folder.resolve("run-" + Long.toHexString(System.nanoTime()) + "-" + ProcessHandle.current().pid());
            var spares = Folders.startingWith(folder, spare(filling));
            if (spares.isEmpty()) {
                try (var half = Half.in(folder)) {
                    half.copy(template);
                    half.become(run);
                }
            } else {
                Files.move(spares.getFirst(), run, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Run(run, template, FolderLock.on(run), Passwords.read(template.resolve(Passwords.FILE)));
        } catch (IOException e) {
            throw DiskTrouble.with("cannot make a cluster in " + folder, folder, e);
        }
    }

    /**
     * @param template what it is a copy of
     * @param owner    held by this process until the run is over
     */
    record Run(Path folder, Path template, FolderLock owner, Passwords passwords) {

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
        return Inventory.agrees(run.template().resolve(ClusterTemplate.INVENTORY), ClusterTemplate.tables(run.folder()));
    }

    /** Makes the copy that the next run will take, unless it would lie about in vain on too much disk. */
    void makeSpare(Filling filling) {
        try (var half = locked(() -> Half.in(folder))) {
            var template = place(filling);
            if (Folders.startingWith(folder, spare(filling)).isEmpty() && isSmall(template)) {
                half.copy(template);
                locked(() -> {
                    forgetOtherSpares(filling);
                    return half.become(folder.resolve(spare(filling) + Long.toHexString(System.nanoTime())));
                });
            }
        } catch (IOException | LabException e) {
            // A spare only saves time. Without it the next run copies for itself, and reports what is wrong then.
        }
    }

    /** Forgets template and copies, because they do not start. Runs of living processes stay. */
    void discard() throws IOException {
        locked(() -> {
            sweep();
            for (var prefix : List.of("template", FILLED, "spare-")) {
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

    private static boolean isSmall(Path template) throws IOException {
        return Inventory.of(ClusterTemplate.tables(template)).bytes() < SMALL;
    }

    private static String spare(Filling filling) {
        return "spare-" + filling.key() + "-";
    }

    /** The empty cluster is asked for all the time, a filled one by the lesson of the day. */
    private void forgetOtherSpares(Filling filling) throws IOException {
        for (var spare : Folders.startingWith(folder, "spare-")) {
            var name = spare.getFileName().toString();
            if (!name.startsWith(spare(filling)) && !name.startsWith(spare(Filling.NONE))) {
                Folders.delete(spare);
            }
        }
    }

    private Path place(Filling filling) {
        return folder.resolve(filling.isEmpty() ? "template" : FILLED + filling.key());
    }

    /** The template with this filling, built upon the one without the last layer when it is asked for first. */
    private Path template(Filling filling, Progress progress) throws IOException {
        if (filling.isEmpty()) {
            return template(progress);
        }
        var template = place(filling);
        if (!Files.isDirectory(template)) {
            var below = template(filling.below(), progress);
            progress.say("Preparing " + filling.last().name() + ", once …");
            try (var half = Half.in(folder)) {
                half.copy(below);
                Files.copy(below.resolve(Passwords.FILE), half.folder().resolve(Passwords.FILE), StandardCopyOption.COPY_ATTRIBUTES);
                new ClusterFilling(binaries).fill(half.folder(), filling.last());
                half.become(template);
            }
        }
        Files.setLastModifiedTime(template, FileTime.from(Instant.now()));
        forgetLeastUsed();
        return template;
    }

    private void forgetLeastUsed() throws IOException {
        var most = Files.getFileStore(folder).getUsableSpace() > MUCH_SPACE ? MOST_FILLED : FEWEST_FILLED;
        var filled = new ArrayList<>(Folders.startingWith(folder, FILLED));
        var used = new HashMap<Path, FileTime>();
        for (var template : filled) {
            used.put(template, Files.getLastModifiedTime(template));
        }
        filled.sort(Comparator.comparing(used::get));
        for (var oldest : filled.subList(0, Math.max(0, filled.size() - most))) {
            // Under another name first: what is half removed must not look complete.
            Folders.delete(Files.move(oldest, folder.resolve("half-" + oldest.getFileName()), StandardCopyOption.ATOMIC_MOVE));
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
