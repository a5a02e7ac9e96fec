package lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private static final String SPARE = "spare-";
    private static final String RUN = "run-";
    private static final long SMALL = 100L << 20;
    private final Path folder;
    private final ClusterTemplates templates;

    ClusterStore(Path folder, Path binaries, int major) {
        this.folder = folder;
        this.templates = new ClusterTemplates(folder, binaries, major);
    }

    /** A copy for this run alone, locked as long as this process lives. */
    ClusterRun take(Filling filling, Progress progress) {
        try (var store = FolderLock.on(folder)) {
            sweep();
            var template = templates.get(filling, progress);
            var run = folder.resolve(RUN + Long.toHexString(System.nanoTime()) + "-" + ProcessHandle.current().pid());
            var spares = Folders.startingWith(folder, spare(filling));
            if (spares.isEmpty()) {
                try (var half = HalfCluster.in(folder)) {
                    half.copy(template);
                    half.become(run);
                }
            } else {
                Files.move(spares.getFirst(), run, StandardCopyOption.ATOMIC_MOVE);
            }
            return new ClusterRun(run, template, FolderLock.on(run), Passwords.read(template.resolve(Passwords.FILE)));
        } catch (IOException e) {
            throw DiskTrouble.with("cannot make a cluster in " + folder, folder, e);
        }
    }

    /** Makes the copy that the next run will take, unless it would lie about in vain on too much disk. */
    void makeSpare(Filling filling) {
        try (var half = locked(() -> HalfCluster.in(folder))) {
            var template = templates.place(filling);
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

    private static boolean isSmall(Path template) throws IOException {
        return Inventory.of(ClusterTemplate.tables(template)).bytes() < SMALL;
    }

    private static String spare(Filling filling) {
        return SPARE + filling.key() + "-";
    }

    /** The empty cluster is asked for all the time, a filled one by the lesson of the day. */
    private void forgetOtherSpares(Filling filling) throws IOException {
        for (var spare : Folders.startingWith(folder, SPARE)) {
            var name = spare.getFileName().toString();
            if (!name.startsWith(spare(filling)) && !name.startsWith(spare(Filling.NONE))) {
                Folders.delete(spare);
            }
        }
    }

    /** Forgets template and copies, because they do not start. Runs of living processes stay. */
    void discard() throws IOException {
        locked(() -> {
            sweep();
            for (var prefix : List.of(ClusterTemplates.EMPTY, ClusterTemplates.FILLED, SPARE)) {
                for (var path : Folders.startingWith(folder, prefix)) {
                    Folders.delete(path);
                }
            }
            return folder;
        });
    }

    /** Removes what killed processes left: their servers, their folders, their half-made copies. */
    private void sweep() throws IOException {
        for (var prefix : List.of(RUN, HalfCluster.PREFIX)) {
            for (var left : Folders.startingWith(folder, prefix)) {
                ClusterRun.removeIfAbandoned(left);
            }
        }
    }

    private interface Work<T> {
        T get() throws IOException;
    }

    private <T> T locked(Work<T> work) throws IOException {
        try (var store = FolderLock.on(folder)) {
            return work.get();
        }
    }
}
