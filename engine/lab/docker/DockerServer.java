package lab.docker;

import java.util.Optional;
import lab.ClientTools;
import lab.Container;
import lab.LabException;
import lab.LessonDatabase;
import lab.Login;
import lab.Progress;
import lab.Roles;
import lab.Server;
import lab.ServerLog;
import lab.ServerLogReader;
import lab.url.UrlServer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.LogUtils;

/** A PostgreSQL in a container: of this run alone, or kept between runs, each of which has databases of its own in it. */
final class DockerServer implements Server {
    private final String id;
    private final Server inside;
    private final boolean kept;
    private final Runnable end;

    private DockerServer(String id, Server inside, boolean kept, Runnable end) {
        this.id = id;
        this.inside = inside;
        this.kept = kept;
        this.end = end;
    }

    /** Makes roles and database in a running container whose superuser has this password. */
    static DockerServer in(GenericContainer<?> container, String password, Progress progress) throws LabException {
        var admin = DockerContainer.admin(container, password);
        var place = place(container.getDockerImageName(), admin);
        return ofThisRun(container, UrlServer.open(admin, LessonDatabase.NAME, place, tools(container), progress));
    }

    /** A container that began with the data of a seeded image: roles and database are there. */
    static DockerServer seeded(GenericContainer<?> container, String image, String password) throws LabException {
        var admin = DockerContainer.admin(container, password);
        return ofThisRun(container, UrlServer.found(admin, LessonDatabase.NAME, place(image, admin), tools(container)));
    }

    /** A database of this run alone in a container that stays. */
    static DockerServer in(KeptContainer container, String image, Progress progress) throws LabException {
        var database = UrlServer.newDatabase();
        var place = place(image, container.admin()) + ", kept, database " + database;
        var inside = UrlServer.open(container.admin(), database, place, DockerCommand.toolsIn(container.id()), progress);
        return new DockerServer(container.id(), inside, true, inside::close);
    }

    private static DockerServer ofThisRun(GenericContainer<?> container, Server inside) {
        return new DockerServer(container.getContainerId(), inside, false, container::stop);
    }

    private static String place(String image, Login admin) {
        return "docker, " + image + ", port " + admin.url().replaceFirst(".*:(\\d+)/.*", "$1");
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

    /** A kept one is used by all runs that find it. */
    @Override public boolean isShared() {
        return kept;
    }

    @Override public ClientTools tools() {
        return inside.tools();
    }

    @Override public ServerLog log() {
        return (from, to) -> ServerLogReader.between(LogUtils.getOutput(DockerClientFactory.instance().client(), id), from, to);
    }

    @Override public Optional<Container> container() {
        var inspected = DockerClientFactory.instance().client().inspectContainerCmd(id).exec();
        return Optional.of(new Container(id, inspected.getNetworkSettings().getNetworks().values().iterator().next().getIpAddress()));
    }

    @Override public void close() {
        end.run();
    }
}
