package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Installation;
import lab.LabException;
import lab.Progress;
import lab.Server;
import lab.os.Folders;
import lab.os.IoErrors;
import lab.os.Passwords;
import lab.os.Privileges;
import lab.os.TempFolder;

/**
 * Clusters of a lesson's own, to be configured, broken, copied and restored: their files are there for everybody. They have
 * the release of the server beside which they are made, and are gone when this is closed.
 */
public final class OwnClusters implements AutoCloseable {
    /** Sixteen times smaller than usual: an archive of ten files takes 10 MB. */
    private static final List<String> SMALL = List.of("--wal-segsize", "1");
    private final Installation installation;
    private final TempFolder tempFolder;
    private final String password = Passwords.secret();
    private final Map<String, OwnCluster> clusters = new LinkedHashMap<>();

    private OwnClusters(Installation installation, TempFolder tempFolder) {
        this.installation = installation;
        this.tempFolder = tempFolder;
    }

    /**
     * With the programs of the server; where it is not a process of this machine, with those that the embedded servers of its
     * release have.
     *
     * @throws LabException with what to do, where this machine can have none
     */
    public static OwnClusters beside(Server server, Progress progress) throws LabException {
        var installation = server.installation().orElseGet(() -> new EmbeddedProvider(server.major()).installation(progress));
        try {
            return new OwnClusters(installation, TempFolder.ofServers("clusters"));
        } catch (IOException e) {
            throw new LabException("cannot make a temporary folder for clusters: " + IoErrors.describe(e), e);
        }
    }

    /** What they run, "PostgreSQL 18.6 (embedded)". */
    public String describe() {
        return installation.describe();
    }

    /** An empty folder in which PostgreSQL can write, for an archive; one of this name that was there before is emptied. */
    public Path folder(String name) {
        try {
            var folder = tempFolder.folder().resolve(name);
            Folders.delete(folder);
            Files.createDirectory(folder);
            Privileges.handOver(folder);
            return folder;
        } catch (IOException e) {
            throw IoErrors.with("cannot make the folder " + name, tempFolder.folder(), e);
        }
    }

    /** A new cluster, not started yet. It takes the place of an earlier one with this name. */
    public OwnCluster create(String name) {
        var cluster = replace(name);
        try {
            new Initdb(installation.folder(), installation.major()).into(cluster.folder(), password, SMALL);
            return cluster;
        } catch (IOException e) {
            throw IoErrors.with("cannot make the cluster " + name, tempFolder.folder(), e);
        }
    }

    /** A cluster on a copy of a data folder, not started yet. It takes the place of an earlier one with this name. */
    public OwnCluster on(Path backup, String name) {
        var cluster = replace(name);
        try {
            Folders.copy(backup, cluster.data());
            return cluster;
        } catch (IOException e) {
            throw IoErrors.with("cannot copy " + backup, tempFolder.folder(), e);
        }
    }

    private OwnCluster replace(String name) {
        var earlier = clusters.remove(name);
        if (earlier != null) {
            earlier.kill();
        }
        var cluster = new OwnCluster(installation, folder(name), password);
        clusters.put(name, cluster);
        return cluster;
    }

    /** Stops all that run, and removes everything. */
    @Override public void close() {
        clusters.values().forEach(OwnCluster::kill);
        tempFolder.closeQuietly();
    }
}
