package lab.net;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import lab.LabException;
import lab.Login;

/** Where a login connects to. */
public record ServerPlace(String host, int port) {
    private static final Pattern PLACE = Pattern.compile("//(\\[[^]]+]|[^:/,]+):(\\d+)");

    /** @throws LabException where the URL names no single host and port */
    public static ServerPlace of(Login login) {
        var place = PLACE.matcher(login.url());
        if (!place.find()) {
            throw new LabException("the URL " + login.url() + " names no host and port, so nothing can be put in front of it");
        }
        return new ServerPlace(place.group(1), Integer.parseInt(place.group(2)));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** The same role on the same database, by a port of this machine. */
    static Login at(Login login, int port) {
        return moved(login, new ServerPlace("127.0.0.1", port));
    }

    /** The same role on the same database, reached at another place. */
    public static Login moved(Login login, ServerPlace place) {
        return new Login(PLACE.matcher(login.url()).replaceFirst("//" + place.host() + ":" + place.port()), login.user(), login.password());
    }
}
