package lab;

import java.io.IOException;

/** PostgreSQL as a process of this machine, on a cluster of its own: what both embedded and local binaries start. */
final class ClusterServer implements Server {
    private final ClusterStore.Run run;
    private final Cluster cluster;
    private final String description;
    private final int major;

    private ClusterServer(ClusterStore.Run run, Cluster cluster, String description, int major) {
        this.run = run;
        this.cluster = cluster;
        this.description = description;
        this.major = major;
    }

    /** Starts a copy of the template. A cached cluster that does not start is thrown away and made again, once. */
    static ClusterServer start(ClusterStore store, Installation installation, Progress progress) {
        try {
            return startCopy(store, installation, progress);
        } catch (LabException e) {
            progress.say("The cached cluster did not start; making a new one. (" + firstLine(e) + ")");
            try {
                store.discard();
            } catch (IOException io) {
                e.addSuppressed(io);
                throw e;
            }
            return startCopy(store, installation, progress);
        }
    }

    private static ClusterServer startCopy(ClusterStore store, Installation installation, Progress progress) {
        var run = store.take(progress);
        var cluster = Cluster.start(installation.folder(), run.folder(), Cluster.SETTINGS, Guard.Ending.REMOVE);
        Thread.ofPlatform().daemon().start(store::makeSpare);
        var description = "PostgreSQL " + installation.version() + " (" + installation.origin() + ", port "
            + cluster.port() + (Privileges.isRoot() ? ", running as nobody because you are root" : "") + ")";
        return new ClusterServer(run, cluster, description, installation.major());
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
        return description;
    }

    @Override public int major() {
        return major;
    }

    @Override public String lessonDatabase() {
        return LessonDatabase.NAME;
    }

    @Override public void close() {
        cluster.close();
        try {
            run.owner().close();
            Folders.delete(run.folder());
        } catch (IOException e) {
            // Windows keeps files of a process that just ended busy for a moment; the next start sweeps the folder.
            if (!Platform.isWindows()) {
                throw new LabException("could not remove " + run.folder() + ": " + e.getMessage(), e);
            }
        }
    }
}
