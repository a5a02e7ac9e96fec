package lab.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import lab.ClientTools;
import lab.Installation;
import lab.LabException;
import lab.LessonDatabase;
import lab.Login;
import lab.Progress;
import lab.Roles;
import lab.SeedData;
import lab.Server;
import lab.ServerLog;
import lab.ServerLogReader;
import lab.ServerSettings;
import lab.os.Guard;
import lab.os.IoErrors;
import lab.os.Platform;
import lab.os.Privileges;
import lab.os.TempFolder;

/** PostgreSQL as a process of this machine, on a cluster of its own: what both embedded and local binaries start. */
final class ClusterServer implements Server {
    private final ClusterRun run;
    private final Cluster cluster;
    private final Ended ended;
    private final Installation installation;
    private final ClientTools tools;
    private Optional<TempFolder> memory = Optional.empty();

    private ClusterServer(ClusterRun run, Cluster cluster, Ended ended, Installation installation) {
        this.run = run;
        this.cluster = cluster;
        this.ended = ended;
        this.installation = installation;
        this.tools = new InstalledTools(installation);
    }

    /**
     * Starts a copy of the template. A cached cluster that is damaged is thrown away and made again, once.
     *
     * @param programs says whether PostgreSQL's programs are complete; if they are not, no new cluster would help
     */
    static ClusterServer start(ClusterStore store, SeedData seedData, Installation installation, BooleanSupplier programs, Progress progress) {
        try {
            return startCopy(store, seedData, installation, progress);
        } catch (IoErrors.DiskFull | SeedData.Failed e) {
            throw e;
        } catch (LabException e) {
            if (!programs.getAsBoolean()) {
                throw e;
            }
            progress.say("The cached cluster is damaged; making a new one. (" + firstLine(e) + ")");
            try {
                store.discard();
            } catch (IOException io) {
                e.addSuppressed(io);
                throw e;
            }
            return startCopy(store, seedData, installation, progress);
        }
    }

    private static ClusterServer startCopy(ClusterStore store, SeedData seedData, Installation installation, Progress progress) {
        var run = store.take(seedData, progress);
        try {
            var complete = CompletableFuture.supplyAsync(run::isComplete, Thread.ofVirtual()::start);
            var cluster = Cluster.start(installation.folder(), run.folder(), ServerSettings.OF_EVERY_SERVER, Guard.Ending.REMOVE);
            if (!complete.join()) {
                cluster.close();
                throw new LabException("files of it are missing, cut off or overwritten");
            }
            return new ClusterServer(run, cluster, () -> store.giveBack(run, seedData), installation);
        } catch (LabException e) {
            tidy(run, run::end);
            throw e;
        }
    }

    /** What becomes of the folder of a server that has stopped. */
    private interface Ended {
        void tidy() throws IOException;
    }

    private static void tidy(ClusterRun run, Ended ended) {
        try {
            ended.tidy();
        } catch (IOException e) {
            // Windows keeps files of a process that just ended busy for a moment; the next start sweeps the folder.
            if (!Platform.isWindows()) {
                throw new LabException("could not remove " + run.folder() + ": " + IoErrors.describe(e), e);
            }
        }
    }

    private static String firstLine(Throwable e) {
        return e.getMessage().lines().findFirst().orElse(e.toString());
    }

    @Override public Login admin() {
        return new Login("jdbc:postgresql://127.0.0.1:" + cluster.port() + "/postgres", "postgres", run.passwords().admin());
    }

    @Override public Roles roles() {
        return run.passwords().roles();
    }

    @Override public String describe() {
        return "PostgreSQL " + installation.version() + " (" + installation.origin() + ", port " + cluster.port()
            + (Privileges.isRoot() ? ", running as nobody because you are root" : "") + ")";
    }

    @Override public int major() {
        return installation.major();
    }

    @Override public String lessonDatabase() {
        return LessonDatabase.NAME;
    }

    @Override public ClientTools tools() {
        return tools;
    }

    @Override public Optional<Installation> installation() {
        return Optional.of(installation);
    }

    @Override public ServerLog log() {
        return ServerLogReader.of(cluster.log());
    }

    @Override public synchronized Optional<Path> memory() {
        try {
            memory = memory.isPresent() ? memory : TempFolder.inMemory("tables");
            return memory.map(TempFolder::folder);
        } catch (IOException e) {
            throw new LabException("could not make a folder in memory: " + IoErrors.describe(e), e);
        }
    }

    @Override public void close() {
        cluster.stop();
        tidy(run, ended);
        memory.ifPresent(TempFolder::closeQuietly);
    }
}
