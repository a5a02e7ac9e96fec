package lab.net;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lab.ClientTools;
import lab.Container;
import lab.Installation;
import lab.Login;
import lab.Roles;
import lab.Server;
import lab.ServerLog;
import lab.ServerLogReader;
import lab.docker.DockerCommand;

/** A server as another process of the same run needs to know it; passwords are included, so none of it may be logged. */
public final class ServerProperties {
    private ServerProperties() { }

    /** What {@link #of(Map)} makes the server of again. */
    public static Map<String, String> of(Server server) {
        var properties = new HashMap<>(Map.of(
            "admin.url", server.admin().url(), "admin.user", server.admin().user(), "admin.password", server.admin().password(),
            "owner.password", server.roles().ownerPassword(), "app.password", server.roles().appPassword(),
            "describe", server.describe(), "major", String.valueOf(server.major()), "database", server.lessonDatabase(),
            "shared", String.valueOf(server.isShared())));
        server.log().file().ifPresent(file -> properties.put("log", file.toString()));
        server.container().ifPresent(container -> properties.putAll(Map.of("container", container.id(), "address", container.address())));
        server.installation().ifPresent(installation -> properties.putAll(Map.of("installation.folder", installation.folder().toString(),
            "installation.version", installation.version(), "installation.origin", installation.origin())));
        return properties;
    }

    /** The server, to be used; closing it closes nothing, because it belongs to the other process. */
    public static Server of(Map<String, String> properties) {
        return new Elsewhere(
            new Login(properties.get("admin.url"), properties.get("admin.user"), properties.get("admin.password")),
            new Roles(properties.get("owner.password"), properties.get("app.password")),
            properties.get("describe"), Integer.parseInt(properties.get("major")), properties.get("database"),
            Boolean.parseBoolean(properties.get("shared")), Optional.ofNullable(properties.get("log")).map(Path::of),
            Optional.ofNullable(properties.get("container")).map(id -> new Container(id, properties.get("address"))),
            Optional.ofNullable(properties.get("installation.folder")).map(folder -> new Installation(Path.of(folder),
                properties.get("installation.version"), properties.get("installation.origin"))));
    }

    private record Elsewhere(Login admin, Roles roles, String describe, int major, String lessonDatabase, boolean isShared,
                             Optional<Path> logFile, Optional<Container> container, Optional<Installation> installation)
            implements Server {

        @Override public ClientTools tools() {
            return container.map(in -> DockerCommand.toolsIn(in.id())).orElseGet(Server.super::tools);
        }

        @Override public ServerLog log() {
            return logFile.map(ServerLogReader::of).or(() -> container.map(Elsewhere::logOf)).orElseGet(Server.super::log);
        }

        private static ServerLog logOf(Container container) {
            return (from, to) -> ServerLogReader.between(DockerCommand.logOf(container.id()), from, to);
        }

        @Override public void close() { }
    }
}
