package lab.redis;

import lab.LabException;
import lab.Progress;
import lab.docker.DockerEngine;
import lab.docker.DockerImages;
import lab.docker.DockerStart;
import lab.docker.Logging;
import lab.os.Passwords;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Redis in a container of its own, by Testcontainers. */
public final class DockerRedis {
    public static final String IMAGE = "redis:8";
    private static final int PORT = 6379;

    private DockerRedis() { }

    static Redis start(Progress progress) throws LabException {
        Logging.silence();
        new DockerImages(DockerEngine.ofThisMachine(), progress).ensure(IMAGE);
        var password = Passwords.secret();
        var container = DockerStart.ofThisRun(new GenericContainer<>(DockerImageName.parse(IMAGE)))
            .withCommand("redis-server", "--bind", "0.0.0.0", "--requirepass", password, "--save", "", "--appendonly", "no")
            .withExposedPorts(PORT)
            .withStartupAttempts(1);
        return DockerStart.start(container, IMAGE, () ->
            new Redis(container.getHost(), container.getMappedPort(PORT), password, container::stop).awaitReady(container::isRunning));
    }
}
