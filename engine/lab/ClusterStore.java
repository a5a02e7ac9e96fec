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
 * spare-…/    data                 complete copies nobody uses
 * run-…/      data, lock, log      a copy in use; its lock is held while its JVM lives
 * half-…/                          a copy being made
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
            var spares = Folders.startingWith(folder, "spare-");
            var run = folder.resolve("run-" + Long.toHexString(System.nanoTime()) + "-" + ProcessHandle.current().pid());
            Files.move(spares.isEmpty() ? copy(template) : spares.getFirst(), run, StandardCopyOption.ATOMIC_MOVE);
            return new Run(run, FolderLock.on(run), Passwords.read(template.resolve(Passwords.FILE)));
        } catch (IOException e) {
            throw new LabException("cannot make a cluster in " + folder + ": " + e.getMessage()
                + ". Is there space left? `./jbang clean` empties the cache", e);
        }
    }

    /** @param owner held by this process until the run is over */
    record Run(Path folder, FolderLock owner, Passwords passwords) { }

    /** Makes the copy that the next run will take. */
    void makeSpare() {
        try {
            if (Folders.startingWith(folder, "spare-").isEmpty()) {
                var half = copy(folder.resolve("template"));
                Files.move(half, folder.resolve(half.getFileName().toString().replace("half-", "spare-")),
                    StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // A spare only saves time. Without it the next run copies for itself, and reports what is wrong then.
        }
    }

    /** Forgets template and copies, because they do not start. Runs of living processes stay. */
    void discard() throws IOException {
        try (var store = FolderLock.on(folder)) {
            for (var prefix : List.of("template", "spare-", "half-")) {
                for (var path : Folders.startingWith(folder, prefix)) {
                    Folders.delete(path);
                }
            }
        }
    }

    /** Removes what killed processes left: their servers, their folders, their half-made copies. */
    void sweep() throws IOException {
        for (var run : Folders.startingWith(folder, "run-")) {
            var owner = FolderLock.ifFree(run);
            if (owner.isPresent()) {
                Orphans.stop(run.resolve("data"));
                owner.get().close();
                Folders.delete(run);
            }
        }
        for (var half : Folders.startingWith(folder, "half-")) {
            if (Files.getLastModifiedTime(half).toMillis() < System.currentTimeMillis() - 600_000) {
                Folders.delete(half);
            }
        }
    }

    private Path template(Progress progress) throws IOException {
        var template = folder.resolve("template");
        if (!Files.isDirectory(template)) {
            progress.say("Preparing a PostgreSQL cluster, once …");
            var half = Folders.temporary(folder, "half-");
            new ClusterTemplate(binaries, major).make(half);
            Files.move(half, template, StandardCopyOption.ATOMIC_MOVE);
        }
        return template;
    }

    private Path copy(Path template) throws IOException {
        var half = Folders.temporary(folder, "half-");
        Folders.copy(template.resolve("data"), half.resolve("data"));
        return half;
    }
}
