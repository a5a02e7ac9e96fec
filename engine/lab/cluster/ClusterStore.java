package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import lab.LabException;
import lab.Progress;
import lab.SeedData;
import lab.os.FolderLock;
import lab.os.FolderSize;
import lab.os.Folders;
import lab.os.IoErrors;
import lab.os.Passwords;

/**
 * Ready-made clusters for one installation of PostgreSQL. A template is initialised once; each run takes a copy of it,
 * which becomes a spare for the next run when it is over and restored. To restore is to copy the few files that a run
 * changes; a thousand new ones take a second where ext4 has seen a thousand removed a moment ago, as it gives no number
 * of a file out again at once ({@code recently_deleted} in its {@code ialloc.c}).
 *
 * <pre>
 * template/   data, passwords      made once
 * filled-…/   data, passwords      the same with seed data, by their key
 * spare-…/    data                 copies nobody uses, as good as new, by the key of what they hold
 * run-…/      data, lock, log      a copy in use; its lock is held while its JVM lives
 * half-…/     data, lock          one of these being made; its lock is held while its maker lives
 * </pre>
 * Names change by atomic renames, so that whatever is interrupted leaves nothing that looks complete.
 */
public final class ClusterStore {
    private static final String SPARE = "spare-";
    private static final String RUN = "run-";
    private static final long SMALL = 100L << 20;
    private static final int MAX_SPARES = 2;
    private final Path folder;
    private final ClusterTemplates templates;

    /** @param binaries the folder with {@code bin/} of this release */
    public ClusterStore(Path folder, Path binaries, int major) {
        this.folder = folder;
        this.templates = new ClusterTemplates(folder, binaries, major);
    }

    /** A copy for this run alone, locked as long as this process lives. */
    ClusterRun take(SeedData seedData, Progress progress) {
        try (var store = FolderLock.on(folder, () -> progress.say("Another run of the course prepares a database; waiting for it …"))) {
            sweep();
            var template = templates.get(seedData, progress);
            var run = folder.resolve(RUN + Long.toHexString(System.nanoTime()) + "-" + ProcessHandle.current().pid());
            var spares = Folders.startingWith(folder, spare(seedData));
            if (spares.isEmpty()) {
                try (var half = IncompleteCluster.in(folder)) {
                    half.copy(template);
                    half.become(run);
                }
            } else {
                Files.move(spares.getFirst(), run, StandardCopyOption.ATOMIC_MOVE);
            }
            return new ClusterRun(run, template, Instant.now(), FolderLock.on(run), Passwords.read(template.resolve(Passwords.FILE)));
        } catch (IOException e) {
            throw IoErrors.with("cannot make a cluster in " + folder, folder, e);
        }
    }

    /** Makes a spare of a run whose server has stopped, unless it would hardly be used, or take much of the disk. */
    void giveBack(ClusterRun run, SeedData seedData) throws IOException {
        try {
            if (isWanted(run, seedData)) {
                run.restore();
                locked(() -> becomeSpare(run, seedData));
            }
        } catch (IOException | LabException e) {
            // A spare only saves time. Without it the next run copies for itself, and reports what is wrong then.
        } finally {
            run.end();
        }
    }

    private boolean isWanted(ClusterRun run, SeedData seedData) throws IOException {
        return Folders.startingWith(folder, spare(seedData)).size() < MAX_SPARES
            && ClusterTemplate.isOlderThanAnyChange(run.template(), run.taken()) && isSmall(run.template());
    }

    private Path becomeSpare(ClusterRun run, SeedData seedData) throws IOException {
        if (Passwords.read(run.template().resolve(Passwords.FILE)).equals(run.passwords())) { // else it is another template now
            forgetOtherSpares(seedData);
            run.become(folder.resolve(spare(seedData) + Long.toHexString(System.nanoTime())));
        }
        return folder;
    }

    private static boolean isSmall(Path template) throws IOException {
        return FolderSize.of(ClusterTemplate.tables(template)).bytes() < SMALL;
    }

    private static String spare(SeedData seedData) {
        return SPARE + seedData.key() + "-";
    }

    /** The empty cluster is asked for all the time, one with seed data by one lesson. */
    private void forgetOtherSpares(SeedData seedData) throws IOException {
        for (var spare : Folders.startingWith(folder, SPARE)) {
            var name = spare.getFileName().toString();
            if (!name.startsWith(spare(seedData)) && !name.startsWith(spare(SeedData.NONE))) {
                Folders.delete(spare);
            }
        }
    }

    /** Forgets template and copies, because they do not start. Runs of living processes stay. */
    public void discard() throws IOException {
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
        for (var prefix : List.of(RUN, IncompleteCluster.PREFIX)) {
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
