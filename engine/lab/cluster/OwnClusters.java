package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Installation;
import lab.LabException;
import lab.Progress;
import lab.Server;
import lab.SqlErrors;
import lab.os.Folders;
import lab.os.IoErrors;
import lab.os.Passwords;
import lab.os.Privileges;
import lab.os.TempFolder;

/**
 * Clusters of a lesson's or a verifier's own, to be configured, broken, copied and restored: their files are there for everybody.
 * They are gone when this is closed.
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
     * With the programs of the server, and so of its release; where it is not a process of this machine, with those that the embedded servers of its
     * release have.
     *
     * @throws LabException with what to do, where this machine can have none
     */
    public static OwnClusters beside(Server server, Progress progress) throws LabException {
        return with(server.installation().orElseGet(() -> new EmbeddedProvider(server.major()).installation(progress)));
    }

    /**
     * The programs that embedded servers of this release have; fetched and unpacked if they are not there yet.
     *
     * @throws LabException with what to do, where this machine can have none
     */
    public static Installation embeddedPrograms(int major, Progress progress) throws LabException {
        var provider = new EmbeddedProvider(major);
        provider.reasonUnavailable().ifPresent(reason -> {
            throw new LabException(reason);
        });
        return provider.installation(progress);
    }

    /** With these programs. */
    public static OwnClusters with(Installation installation) {
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

    /**
     * A standby of a cluster that runs, not started yet: a copy of it, and a slot of this name there, so that the WAL it needs is
     * kept. It takes the place of an earlier one with this name.
     *
     * @param name in lower case, as the name of the slot and of the application
     */
    public OwnCluster standby(OwnCluster primary, String name) {
        var standby = replace(name);
        try (var connection = primary.admin().connect()) {
            ReplicationSlot.replace(connection, name);
            BaseBackup.copy(connection, primary.data(), standby.data());
            Files.createFile(standby.data().resolve(OwnCluster.STANDBY));
            standby.set(Map.of("primary_conninfo", "host=127.0.0.1 port=" + primary.port() + " user=postgres password=" + password
                + " application_name=" + name, "primary_slot_name", name, "wal_retrieve_retry_interval", "100ms"));
            return standby;
        } catch (IOException e) {
            throw IoErrors.with("cannot make the standby " + name, tempFolder.folder(), e);
        } catch (SQLException e) {
            throw new LabException("cannot make the standby " + name + ": " + SqlErrors.describe(e), e);
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
