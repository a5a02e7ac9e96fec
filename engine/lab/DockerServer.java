package lab;

import java.util.Optional;
import org.testcontainers.containers.GenericContainer;

/** A PostgreSQL in a container: of this run alone, or kept between runs, each of which has databases of its own in it. */
final class DockerServer implements Server {
    private final GenericContainer<?> container;
    private final Server inside;
    private final boolean kept;

    private DockerServer(GenericContainer<?> container, Server inside, boolean kept) {
        this.container = container;
        this.inside = inside;
        this.kept = kept;
    }

    /** Makes roles and database in a running container whose superuser has this password. */
    static DockerServer in(GenericContainer<?> container, String password, Progress progress) throws LabException {
        var kept = container.isShouldBeReused();
        var database = kept ? UrlServer.newDatabase() : LessonDatabase.NAME;
        var place = place(container, container.getDockerImageName()) + (kept ? ", kept, database " + database : "");
        var admin = DockerContainer.admin(container, password);
        return new DockerServer(container, UrlServer.open(admin, database, place, tools(container), progress), kept);
    }

    /** A container that began with the data of a filled image: roles and database are there. */
    static DockerServer filled(GenericContainer<?> container, String image, String password) throws LabException {
        var admin = DockerContainer.admin(container, password);
        return new DockerServer(container, UrlServer.found(admin, LessonDatabase.NAME, place(container, image), tools(container)), false);
    }

    private static String place(GenericContainer<?> container, String image) {
        return "docker, " + image + ", port " + container.getMappedPort(DockerContainer.PORT);
    }

    private static ClientTools tools(GenericContainer<?> container) {
        return DockerCommand.toolsIn(container.getContainerId());
    }

    @Override public Login admin() {
        return inside.admin();
    }

    @Override public Roles roles() {
        return inside.roles();
    }

    @Override public String describe() {
        return inside.describe();
    }

    @Override public int major() {
        return inside.major();
    }

    @Override public String lessonDatabase() {
        return inside.lessonDatabase();
    }

    @Override public ClientTools tools() {
        return inside.tools();
    }

    @Override public ServerLog log() {
        return (from, to) -> LogText.between(container.getLogs(), from, to);
    }

    @Override public Optional<Container> container() {
        var networks = container.getContainerInfo().getNetworkSettings().getNetworks().values();
        return Optional.of(new Container(container.getContainerId(), networks.iterator().next().getIpAddress()));
    }

    @Override public void close() {
        if (kept) {
            inside.close();
        } else {
            container.stop();
        }
    }
}
