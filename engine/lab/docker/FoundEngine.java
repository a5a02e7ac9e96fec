package lab.docker;

import java.net.URI;
import java.nio.file.Path;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Tells Testcontainers which engine the lab has found, so that both use the same: by itself it knows neither contexts nor most
 * of the sockets. It finds this class by its name in {@code engine/lab/docker/strategies}. What DOCKER_HOST and
 * {@code ~/.testcontainers.properties} say comes first, there as here.
 */
public final class FoundEngine extends DockerClientProviderStrategy {
    /** In the machine of its own that an engine has which listens below a home folder. */
    private static final String IN_A_MACHINE = "/var/run/docker.sock";
    private static final int BEFORE_ALL_OTHERS = 1_000;

    @Override public String getDescription() {
        return "the engine at " + DockerEngine.ofThisMachine();
    }

    @Override public TransportConfig getTransportConfig() {
        var uri = switch (DockerEngine.ofThisMachine().address()) {
            case DockerAddress.Unix(var socket) -> "unix://" + socket;
            case DockerAddress address -> address.toString();
        };
        return TransportConfig.builder().dockerHost(URI.create(uri)).build();
    }

    @Override public String getRemoteDockerUnixSocketPath() {
        return DockerEngine.ofThisMachine().address() instanceof DockerAddress.Unix(var socket) && !isOfAMachine(socket) ? socket.toString() : IN_A_MACHINE;
    }

    private static boolean isOfAMachine(Path socket) {
        return socket.startsWith(System.getProperty("user.home")) || socket.toString().contains("podman-machine");
    }

    @Override protected boolean isApplicable() {
        return DockerEngine.ofThisMachine().address() instanceof DockerAddress.Reachable;
    }

    @Override protected int getPriority() {
        return BEFORE_ALL_OTHERS;
    }

    @Override protected boolean isPersistable() {
        return false;
    }
}
