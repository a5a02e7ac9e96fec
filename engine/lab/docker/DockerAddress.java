package lab.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the Docker engine listens. */
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

    /** Where DOCKER_HOST says; else the first usual place at which an engine answers, or may be expected. */
    static DockerAddress find(Map<String, String> environment) {
        return find(environment, Path.of("/"), DockerHttp.QUICK);
    }

    /**
     * @param system   the root of the file system
     * @param patience for each place where something listens
     */
    static DockerAddress find(Map<String, String> environment, Path system, Duration patience) {
        var host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isBlank()) {
            return environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty() ? parse(host) : new OnlyForTheClient();
        }
        if (System.getProperty("os.name").startsWith("Windows")) {
            return new OnlyForTheClient();
        }
        var places = new DockerPlaces(environment, system).all().stream().filter(DockerAddress::isThere).toList();
        // What is left of an engine that has ended must not hide one that lives.
        return (places.size() < 2 ? places.stream() : Stream.concat(places.stream().filter(place -> answers(place, patience)), places.stream()))
            .findFirst().<DockerAddress>map(place -> place).orElseGet(() -> new Unix(system.resolve("var/run/docker.sock")));
    }

    private static boolean isThere(Reachable place) {
        return !(place instanceof Unix(var socket)) || Files.exists(socket);
    }

    private static boolean answers(Reachable place, Duration patience) {
        try {
            return DockerHttp.get(place, "/_ping", patience) == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a value of DOCKER_HOST, or an endpoint of a context, means. */
    static DockerAddress parse(String dockerHost) {
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
}
