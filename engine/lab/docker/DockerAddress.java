package lab.docker;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the Docker engine listens, looked for in the places where Testcontainers looks. */
sealed interface DockerAddress {

    /** An address that takes plain HTTP. */
    sealed interface Reachable extends DockerAddress {
        SocketAddress socketAddress();
    }

    record Unix(Path socket) implements Reachable {
        @Override public SocketAddress socketAddress() {
            return UnixDomainSocketAddress.of(socket);
        }

        @Override public String toString() {
            return socket.toString();
        }
    }

    record Tcp(String host, int port) implements Reachable {
        @Override public SocketAddress socketAddress() {
            return new InetSocketAddress(host, port);
        }

        @Override public String toString() {
            return "tcp://" + host + ":" + port;
        }
    }

    /** A named pipe of Windows, or TLS: the command docker has to ask. */
    record OnlyForTheClient() implements DockerAddress { }

    /** An address that nothing in the lab can use, and why. */
    record Unusable(String reason) implements DockerAddress { }

    static DockerAddress find(Map<String, String> environment) {
        var host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isBlank()) {
            return environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty() ? parse(host) : new OnlyForTheClient();
        }
        if (System.getProperty("os.name").startsWith("Windows")) {
            return new OnlyForTheClient();
        }
        return usualSockets(environment).filter(Files::exists).findFirst().<DockerAddress>map(Unix::new)
            .orElseGet(() -> new Unix(Path.of("/var/run/docker.sock")));
    }

    private static DockerAddress parse(String dockerHost) {
        try {
            var uri = URI.create(dockerHost);
            return switch (Objects.requireNonNullElse(uri.getScheme(), "")) {
                case "unix" -> new Unix(Path.of(uri.getPath()));
                case "tcp", "http" -> new Tcp(Objects.requireNonNull(uri.getHost()), uri.getPort() == -1 ? 2375 : uri.getPort());
                case "npipe", "https" -> new OnlyForTheClient();
                default -> unusable(dockerHost);
            };
        } catch (IllegalArgumentException | NullPointerException e) {
            return unusable(dockerHost);
        }
    }

    private static Unusable unusable(String dockerHost) {
        return new Unusable("DOCKER_HOST is \"" + dockerHost + "\", which Testcontainers cannot use:"
            + " set it to unix:///path/to/docker.sock or tcp://host:port, or use --db embedded");
    }

    private static Stream<Path> usualSockets(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var rootless = Stream.ofNullable(environment.get("XDG_RUNTIME_DIR")).map(folder -> Path.of(folder, "docker.sock"));
        var desktop = Stream.of(Path.of(home, ".docker/run/docker.sock"), Path.of(home, ".docker/desktop/docker.sock"));
        return Stream.of(Stream.of(Path.of("/var/run/docker.sock")), rootless, desktop).flatMap(sockets -> sockets);
    }
}
