package lab.docker;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The places where an engine may listen when DOCKER_HOST does not say: what Testcontainers was told, then the context that
 * Docker's client uses, then the sockets of engines as they are installed, those for Linux first.
 *
 * @param system the root of the file system
 */
record DockerPlaces(Map<String, String> environment, Path system) {
    private static final JsonMapper JSON = new JsonMapper();

    List<DockerAddress.Reachable> all() {
        var told = Stream.of(property("tc.host"), property("docker.host"), context()).flatMap(Optional::stream).map(DockerAddress::parse);
        return Stream.concat(told, sockets().map(DockerAddress.Unix::new)).filter(DockerAddress.Reachable.class::isInstance)
            .map(DockerAddress.Reachable.class::cast).distinct().toList();
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }

    /** Of the file in which Testcontainers keeps what its user wants. */
    private Optional<String> property(String name) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(home().resolve(".testcontainers.properties"), StandardCharsets.ISO_8859_1)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // there is none, or nothing that Testcontainers could read
        }
        return Optional.ofNullable(properties.getProperty(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Where the engine of the chosen context is; "default" is none. Docker keeps it in a folder by the name's hash. */
    private Optional<String> context() {
        var config = Optional.ofNullable(environment.get("DOCKER_CONFIG")).map(Path::of).orElse(home().resolve(".docker"));
        var name = Optional.ofNullable(environment.get("DOCKER_CONTEXT")).filter(value -> !value.isBlank())
            .or(() -> json(config.resolve("config.json")).map(json -> json.path("currentContext").asString("")));
        return name.filter(value -> !value.isEmpty() && !value.equals("default"))
            .flatMap(value -> json(config.resolve("contexts/meta").resolve(DigestUtils.sha256Hex(value)).resolve("meta.json")))
            .map(json -> json.path("Endpoints").path("docker").path("Host").asString("")).filter(host -> !host.isEmpty());
    }

    private static Optional<JsonNode> json(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readString(file)));
        } catch (IOException | JacksonException e) {
            return Optional.empty(); // Docker's client says what is wrong with it
        }
    }

    private Stream<Path> sockets() {
        var sockets = new ArrayList<Path>(List.of(system.resolve("var/run/docker.sock")));
        var runtime = Optional.ofNullable(environment.get("XDG_RUNTIME_DIR")).map(Path::of);
        runtime.ifPresent(folder -> sockets.add(folder.resolve("docker.sock")));
        // Docker Desktop, Colima, Rancher Desktop, OrbStack: each has a machine of its own.
        for (var name : List.of(".docker/run", ".docker/desktop", ".colima/default", ".config/colima/default", ".rd", ".orbstack/run")) {
            sockets.add(home().resolve(name).resolve("docker.sock"));
        }
        runtime.ifPresent(folder -> sockets.add(folder.resolve("podman/podman.sock")));
        sockets.add(home().resolve(".local/share/containers/podman/machine/podman.sock"));
        Optional.ofNullable(environment.get("TMPDIR")).ifPresent(folder -> sockets.add(Path.of(folder, "podman/podman-machine-default-api.sock")));
        sockets.add(system.resolve("run/podman/podman.sock"));
        return sockets.stream();
    }
}
