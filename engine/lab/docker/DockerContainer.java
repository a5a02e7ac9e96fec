package lab.docker;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lab.Login;
import lab.SeedData;
import lab.ServerSettings;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** How a container of PostgreSQL is made: one start of the server instead of the image's two, data in memory. */
final class DockerContainer {
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final int PORT = 5432;
    private static final String DATA = "/course";
    /** Where the data of a seeded image are: no volume of the image and no mount, so that they become part of it. */
    private static final String SEEDED = "/tmp/filled/data";
    private static final long MEMORY_FOR_DATA = 3L << 30;

    /**
     * The image's own entry point starts a server to prepare the cluster, stops it and starts another. It also listens to
     * more variables than the course has use for. Any image that has bash, initdb and the user postgres will do.
     */
    private static final String PREPARE_AND_RUN = """
        set -e
        umask 077
        locale=--no-locale
        if [ "${PG_MAJOR:-0}" -ge 17 ]; then locale="$locale --locale-provider=builtin --builtin-locale=C.UTF-8"; fi
        if [ -d "$PGDATA" ]; then
            : # filled before, and to be filled further
        elif [ -d /tmp/filled/data ]; then
            cp --archive /tmp/filled/data "$PGDATA"
        else
            initdb --pgdata="$PGDATA" --username=postgres --encoding=UTF8 $locale --no-sync \
                --auth=scram-sha-256 --pwfile=<(echo "$POSTGRES_PASSWORD") >/dev/null
            echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
        fi
        unset POSTGRES_PASSWORD
        programs=$(dirname "$(dirname "$(readlink -f "$(command -v postgres)")")")
        for library in "$programs"/lib/pg_stat_statements.so "$programs"/lib/postgresql/pg_stat_statements.so; do
            if [ -e "$library" ]; then set -- "$@" -c shared_preload_libraries=pg_stat_statements; break; fi
        done
        exec postgres "$@"
        """;

    private DockerContainer() { }

    /** A container that is not started yet, with this password for its superuser. */
    static GenericContainer<?> of(String image, String password) {
        return DockerStart.ofThisRun(quick(image, password));
    }

    /** The same, to be found and used by later runs as well. */
    static GenericContainer<?> kept(String image, String password) {
        return DockerStart.kept(quick(image, password));
    }

    private static GenericContainer<?> quick(String image, String password) {
        var container = plain(image, password);
        return engineHasMemory() ? container.withTmpFs(Map.of(DATA, "rw,mode=1777")) : container.withEnv("PGDATA", "/tmp/course");
    }

    /** One that keeps its data in itself, to become an image. */
    static GenericContainer<?> toSeed(String image, String password) {
        return DockerStart.ofThisRun(plain(image, password).withCommand(settings(SeedData.SETTINGS)).withEnv("PGDATA", SEEDED));
    }

    private static GenericContainer<?> plain(String image, String password) {
        return new GenericContainer<>(DockerImageName.parse(image))
            .withCreateContainerCmdModifier(create -> create.withUser("postgres").withEntrypoint("bash", "-c", PREPARE_AND_RUN, "postgres"))
            .withCommand(settings(Map.of()))
            .withEnv(Map.of("POSTGRES_PASSWORD", password, "PGDATA", DATA + "/data"))
            .withExposedPorts(PORT)
            .withStartupAttempts(1)
            .waitingFor(new ConnectionWaitStrategy(password).withStartupTimeout(TIMEOUT));
    }

    /** All that makes one container unlike another, besides its image and its password. */
    static String recipe() {
        return PREPARE_AND_RUN + String.join(" ", settings(Map.of()));
    }

    /** Those of every cluster of the lab; only the places where it listens are a container's own. */
    private static String[] settings(Map<String, String> more) {
        var settings = new TreeMap<>(ServerSettings.OF_EVERY_SERVER);
        settings.putAll(more);
        settings.putAll(Map.of("listen_addresses", "*", "unix_socket_directories", "/var/run/postgresql"));
        return settings.entrySet().stream().flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()))
            .toArray(String[]::new);
    }

    static Login admin(GenericContainer<?> container, String password) {
        return new Login(url(container.getHost(), container.getMappedPort(PORT)), "postgres", password);
    }

    static String url(String host, int port) {
        return "jdbc:postgresql://" + host + ":" + port + "/postgres";
    }

    /** Data in memory makes a clone of a database ten times cheaper. A small virtual machine has none to spare. */
    private static boolean engineHasMemory() {
        var memory = DockerClientFactory.instance().getInfo().getMemTotal();
        return memory != null && memory >= MEMORY_FOR_DATA;
    }
}
