package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lab.Installation;
import lab.LabException;
import lab.Login;
import lab.ServerSettings;
import lab.os.Guard;
import lab.os.IoErrors;
import lab.os.Platform;
import lab.os.Privileges;
import lab.os.Processes;
import lab.os.Waiting;

/** A cluster of a lesson's or a verifier's own. Its data folder may be changed in every way while the server is stopped. */
public final class OwnCluster {
    /** The file that makes a cluster a standby. */
    static final String STANDBY = "standby.signal";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String PREFIX = "^\\S+ \\S+ \\S+ \\[\\d+\\] (\\S+@\\S+ )?";
    private static final String STATE = "select case when pg_is_in_recovery() then pg_get_wal_replay_pause_state() else 'open' end";
    private final Installation installation;
    private final Path folder;
    private final String password;
    private Optional<Cluster> running = Optional.empty();
    private OptionalInt lastPort = OptionalInt.empty();

    OwnCluster(Installation installation, Path folder, String password) {
        this.installation = installation;
        this.folder = folder;
        this.password = password;
    }

    /** How a start ended. */
    public enum Outcome {
        /** It takes writes. */
        OPEN,
        /** It has recovered up to its target, can be read, and waits. */
        PAUSED,
        /** It is a standby, can be read, and follows its primary as soon as it finds it. */
        STANDBY,
        /** It has ended by itself; its log says why. */
        ENDED
    }

    Path folder() {
        return folder;
    }

    /** The data folder. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Sets something for the next start, in the file of {@code alter system}, which has the last word. */
    public void set(Map<String, String> settings) {
        var lines = new TreeMap<>(settings).entrySet().stream()
            .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'").toList();
        try {
            Files.write(data().resolve("postgresql.auto.conf"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw IoErrors.with("cannot write the settings of a cluster", folder, e);
        }
    }

    /**
     * What its files say of a setting, as the next start will take it. It need not run.
     *
     * @throws LabException with PostgreSQL's words, where it cannot read them
     */
    public String configured(String setting) throws LabException {
        var value = folder.resolve("configured");
        var said = folder.resolve("configured.log");
        try {
            Privileges.handOver(folder);
            var command = new ArrayList<>(Privileges.drop());
            command.addAll(List.of(installation.folder().resolve("bin/postgres").toString(), "-D", data().toString(), "-C", setting));
            var process = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(value.toFile()).redirectError(said.toFile()).start();
            if (!Processes.endsWithin(TIMEOUT, process) || process.exitValue() != 0) {
                throw new LabException("PostgreSQL cannot read the settings of a cluster:\n" + Files.readString(said).strip());
            }
            return Files.readString(value).strip();
        } catch (IOException e) {
            throw IoErrors.with("cannot read the settings of a cluster", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while PostgreSQL read the settings of a cluster", e);
        }
    }

    /** Starts it and waits, a minute at most, until it has recovered whatever it has to recover. */
    public Outcome start() throws LabException {
        stop();
        try {
            if (!Platform.isWindows()) {
                Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
            }
            Privileges.handOver(folder);
            var ports = IntStream.concat(lastPort.stream(), IntStream.generate(Cluster::freePort)).iterator();
            var cluster = Cluster.start(installation.folder(), folder, ServerSettings.OF_EVERY_SERVER, Guard.Ending.REMOVE, ports::nextInt);
            running = Optional.of(cluster);
            lastPort = OptionalInt.of(cluster.port());
            return settled(cluster);
        } catch (IOException e) {
            throw IoErrors.with("cannot prepare a cluster", folder, e);
        } catch (IoErrors.DiskFull e) {
            throw e;
        } catch (LabException e) {
            if (Files.exists(folder.resolve(Guard.EXITED))) {
                return Outcome.ENDED;
            }
            throw e;
        }
    }

    private Outcome settled(Cluster cluster) {
        var end = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            if (cluster.hasEnded()) {
                stop();
                return Outcome.ENDED;
            }
            switch (state()) {
                case "open" -> { return Outcome.OPEN; }
                case "paused" -> { return Outcome.PAUSED; }
                case "standby" -> { return Outcome.STANDBY; }
                default -> Waiting.briefly();
            }
        }
        throw new LabException("the cluster did not come to the end of its recovery within " + TIMEOUT.toSeconds() + " s. Its log:\n"
            + String.join("\n", log("")));
    }

    private String state() {
        try (var connection = admin().connect(); var statement = connection.createStatement(); var result = statement.executeQuery(STATE)) {
            result.next();
            var state = result.getString(1);
            return state.equals("not paused") && Files.exists(data().resolve(STANDBY)) ? "standby" : state;
        } catch (SQLException e) {
            return "busy"; // it is starting, or about to end
        }
    }

    /** The superuser, who is the only role at first. The port is the same after each start, unless another program has taken it. */
    public Login admin() {
        return new Login("jdbc:postgresql://127.0.0.1:" + port() + "/postgres", "postgres", password);
    }

    int port() {
        return running.orElseThrow(() -> new LabException("this cluster is not running; start it first")).port();
    }

    /** Lines of its log since the last start that contain one of these, without time and process. */
    public List<String> log(String... texts) {
        try {
            return Files.readAllLines(folder.resolve(Guard.LOG)).stream().filter(line -> Stream.of(texts).anyMatch(line::contains))
                .map(line -> line.replaceFirst(PREFIX, "")).toList();
        } catch (IOException e) {
            throw new LabException("the log of a cluster cannot be read: " + IoErrors.describe(e), e);
        }
    }

    /** Stops it in order. Does nothing where it is not running. */
    public void stop() {
        end(Guard.Ending.KEEP);
    }

    /** Ends it as a crash does. Does nothing where it is not running. */
    public void kill() {
        end(Guard.Ending.LEAVE);
    }

    private void end(Guard.Ending ending) {
        running.ifPresent(cluster -> cluster.end(ending));
        running = Optional.empty();
    }
}
