package lab.net;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lab.ClientTools;
import lab.Container;
import lab.Login;
import lab.Roles;
import lab.Server;
import lab.docker.DockerCommand;

/** A server as another process of the same run needs to know it, in words: passwords included, so not for any log. */
public final class ServerProperties {
    private ServerProperties() { }

    /** What {@link #of(Map)} makes the server of again. */
    public static Map<String, String> of(Server server) {
        var words = new HashMap<>(Map.of(
            "admin.url", server.admin().url(), "admin.user", server.admin().user(), "admin.password", server.admin().password(),
            "owner.password", server.roles().ownerPassword(), "app.password", server.roles().appPassword(),
            "describe", server.describe(), "major", String.valueOf(server.major()), "database", server.lessonDatabase()));
        server.container().ifPresent(container -> words.putAll(Map.of("container", container.id(), "address", container.address())));
        return words;
    }

    /** The server, to be used; closing it closes nothing, because it belongs to the other process. */
    public static Server of(Map<String, String> words) {
        return new Elsewhere(
            new Login(words.get("admin.url"), words.get("admin.user"), words.get("admin.password")),
            new Roles(words.get("owner.password"), words.get("app.password")),
            words.get("describe"), Integer.parseInt(words.get("major")), words.get("database"),
            Optional.ofNullable(words.get("container")).map(id -> new Container(id, words.get("address"))));
    }

    private record Elsewhere(Login admin, Roles roles, String describe, int major, String lessonDatabase, Optional<Container> container)
            implements Server {

        @Override public ClientTools tools() {
            return container.map(in -> DockerCommand.toolsIn(in.id())).orElseGet(Server.super::tools);
        }

        @Override public void close() { }
    }
}
