package lab.url;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.LabException;
import lab.Login;

/**
 * The URL of a server taken apart, so that the password leaves it before anything prints it.
 *
 * @param hosts   one or several with commas between, each with its port
 * @param options as JDBC names and encodes them
 */
record UrlAddress(String hosts, String database, String user, String password, Map<String, String> options) {
    private static final Pattern FORM = Pattern.compile("(jdbc:)?postgres(?:ql)?://(?:([^/?]*)@)?([^/?@]+)(?:/([^/?@]*))?(?:\\?(.*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+)(:\\d{1,5})?");
    /** What libpq writes otherwise than JDBC, https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS */
    private static final Map<String, String> JDBC_NAMES = Map.of("application_name", "ApplicationName", "channel_binding", "channelBinding",
        "connect_timeout", "connectTimeout", "gssencmode", "gssEncMode");

    /**
     * Reads {@code jdbc:postgresql://host:port/database?user=…&password=…}, and {@code postgresql://user:password@host/database}
     * as libpq and services that host PostgreSQL write it. Where it names no user or password, PGUSER and PGPASSWORD do.
     *
     * @throws LabException when the URL has another form; its message shows no password
     */
    static UrlAddress parse(String url) throws LabException {
        var found = FORM.matcher(url);
        if (!found.matches() || !Stream.of(found.group(3).split(",")).allMatch(host -> HOST.matcher(host).matches())) {
            throw unreadable(url);
        }
        try {
            var options = options(found.group(5), found.group(1) != null);
            var named = found.group(2) == null ? new String[0] : found.group(2).split(":", 2);
            var user = named.length > 0 ? percentDecoded(named[0]) : options.getOrDefault("user", environment("PGUSER", System.getProperty("user.name")));
            var password = named.length > 1 ? percentDecoded(named[1]) : options.getOrDefault("password", environment("PGPASSWORD", ""));
            options.keySet().removeAll(java.util.Set.of("user", "password"));
            var database = found.group(4) == null || found.group(4).isBlank() ? "postgres" : found.group(4);
            return new UrlAddress(withPorts(found.group(3)), database, user, password, options);
        } catch (IllegalArgumentException e) { // a % that begins no encoded character; its message would show what follows
            throw unreadable(url);
        }
    }

    private static LabException unreadable(String url) {
        return new LabException("\"" + UrlSecrets.hidden(url) + "\" is no URL of a PostgreSQL: write postgresql://user:password@host:5432/database"
            + " or jdbc:postgresql://host:5432/database?user=name&password=secret, and in user and password %25 for %, %2F for /, %3F for ?,"
            + " %40 for @ and %26 for &");
    }

    /** Waits five seconds at most for a server, unless the URL says otherwise. */
    Login login() {
        var all = new LinkedHashMap<>(Map.of("connectTimeout", "5", "loginTimeout", "5"));
        all.putAll(options);
        var query = all.entrySet().stream().map(option -> option.getKey() + "=" + option.getValue()).sorted().collect(Collectors.joining("&"));
        return new Login("jdbc:postgresql://" + hosts + "/" + database + "?" + query, user, password);
    }

    private static String withPorts(String hosts) {
        return Stream.of(hosts.split(",")).map(host -> host.matches(".*:\\d+") ? host : host + ":5432").collect(Collectors.joining(","));
    }

    private static Map<String, String> options(String query, boolean jdbc) {
        var options = new LinkedHashMap<String, String>();
        for (var option : query == null ? new String[0] : query.split("&")) {
            var halves = option.split("=", 2);
            // JDBC reads + as a space, libpq as itself.
            var value = halves.length == 1 ? "" : jdbc ? halves[1] : halves[1].replace("+", "%2B");
            var ours = halves[0].equals("user") || halves[0].equals("password");
            options.put(jdbc ? halves[0] : JDBC_NAMES.getOrDefault(halves[0], halves[0]), ours ? URLDecoder.decode(value, StandardCharsets.UTF_8) : value);
        }
        return options;
    }

    private static String percentDecoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String environment(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    @Override public String toString() {
        return hosts + "/" + database;
    }
}
