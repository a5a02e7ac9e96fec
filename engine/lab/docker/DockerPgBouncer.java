package lab.docker;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lab.LabException;
import lab.Login;
import lab.Progress;
import lab.Roles;
import lab.Server;
import lab.SqlErrors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A PgBouncer in a container, in transaction mode, in front of a server that runs in Docker too. */
public final class DockerPgBouncer implements AutoCloseable {
    public static final String IMAGE = "edoburu/pgbouncer:v1.24.1-p1";
    private static final int PORT = 6432;
    private final GenericContainer<?> container;
    private final Roles roles;
    private final String database;

    private DockerPgBouncer(GenericContainer<?> container, Roles roles, String database) {
        this.container = container;
        this.roles = roles;
        this.database = database;
    }

    /**
     * Starts a PgBouncer for one database of the server.
     *
     * @param settings lines of pgbouncer.ini that differ from its defaults, for example {@code default_pool_size → 2}
     * @throws LabException when the server does not run in Docker, the image cannot be had, or PgBouncer is not ready within a minute
     */
    public static DockerPgBouncer inFrontOf(Server server, String database, Map<String, String> settings, Progress progress)
            throws LabException {
        var target = server.container().orElseThrow(() ->
            new LabException("PgBouncer runs in a container, in front of a server in a container: use --db docker"));
        new DockerImages(DockerEngine.ofThisMachine(), progress).ensure(IMAGE);
        var container = DockerStart.ofThisRun(new GenericContainer<>(DockerImageName.parse(IMAGE)))
            .withCopyToContainer(Transferable.of(ini(target.address(), settings)), "/etc/pgbouncer/pgbouncer.ini")
            .withCopyToContainer(Transferable.of(users(server.roles())), "/etc/pgbouncer/userlist.txt")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forLogMessage(".*process up.*\\n", 1).withStartupTimeout(Duration.ofMinutes(1)));
        return DockerStart.start(container, IMAGE, () -> new DockerPgBouncer(container, server.roles(), database).checked());
    }

    private DockerPgBouncer checked() {
        try {
            app().connect().close();
            return this;
        } catch (SQLException e) {
            throw new LabException("PgBouncer does not let " + Roles.APP + " in: " + SqlErrors.describe(e), e);
        }
    }

    /** The app role, by way of PgBouncer. */
    public Login app() {
        return new Login(url(database), Roles.APP, roles.appPassword());
    }

    /** PgBouncer's own console, where {@code show pools} and the like work. */
    public Login console() {
        // The console has the simple protocol only.
        return new Login(url("pgbouncer") + "?preferQueryMode=simple&assumeMinServerVersion=15", Roles.OWNER, roles.ownerPassword());
    }

    private String url(String name) {
        return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/" + name;
    }

    private static String ini(String server, Map<String, String> settings) {
        var all = new TreeMap<>(Map.of(
            "listen_addr", "*", "listen_port", String.valueOf(PORT), "unix_socket_dir", "",
            "auth_type", "scram-sha-256", "auth_file", "/etc/pgbouncer/userlist.txt", "admin_users", Roles.OWNER,
            "pool_mode", "transaction", "ignore_startup_parameters", "extra_float_digits"));
        all.putAll(settings);
        var lines = all.entrySet().stream().map(setting -> setting.getKey() + " = " + setting.getValue()).collect(Collectors.joining("\n"));
        return "[databases]\n* = host=" + server + " port=5432\n\n[pgbouncer]\n" + lines + "\n";
    }

    private static String users(Roles roles) {
        return "\"" + Roles.OWNER + "\" \"" + roles.ownerPassword() + "\"\n\"" + Roles.APP + "\" \"" + roles.appPassword() + "\"\n";
    }

    @Override public void close() {
        container.stop();
    }
}
