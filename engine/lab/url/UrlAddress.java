package lab.url;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lab.LabException;
import lab.Login;

/** A JDBC URL taken apart, so that the password leaves the URL before anything prints it. */
record UrlAddress(String hosts, String database, String user, String password, Map<String, String> options) {
    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://([^/?]+)(?:/([^?]*))?(?:\\?(.*))?");

    /** Throws {@link LabException} when the URL has another form than {@code jdbc:postgresql://host:port/database?user=…}. */
    static UrlAddress parse(String url) throws LabException {
        var found = FORM.matcher(url);
        if (!found.matches()) {
            throw new LabException("\"" + withoutPassword(url) + "\" is no JDBC URL of a PostgreSQL: write"
                + " jdbc:postgresql://host:5432/database?user=name&password=secret");
        }
        var options = options(found.group(3));
        var user = options.getOrDefault("user", System.getenv().getOrDefault("PGUSER", System.getProperty("user.name")));
        var password = options.getOrDefault("password", System.getenv().getOrDefault("PGPASSWORD", ""));
        options.keySet().removeAll(java.util.Set.of("user", "password"));
        var database = found.group(2) == null || found.group(2).isBlank() ? "postgres" : found.group(2);
        return new UrlAddress(found.group(1), database, user, password, options);
    }

    /** Waits five seconds at most for a server, unless the URL says otherwise. */
    Login login() {
        var all = new LinkedHashMap<>(Map.of("connectTimeout", "5", "loginTimeout", "5"));
        all.putAll(options);
        var query = all.entrySet().stream().map(option -> option.getKey() + "=" + option.getValue()).sorted().collect(Collectors.joining("&"));
        return new Login("jdbc:postgresql://" + hosts + "/" + database + "?" + query, user, password);
    }

    private static Map<String, String> options(String query) {
        var options = new LinkedHashMap<String, String>();
        for (var option : query == null ? new String[0] : query.split("&")) {
            var halves = option.split("=", 2);
            var isSecret = halves[0].equals("user") || halves[0].equals("password");
            options.put(halves[0], halves.length == 1 ? "" : isSecret ? URLDecoder.decode(halves[1], StandardCharsets.UTF_8) : halves[1]);
        }
        return options;
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1…").replaceAll("://[^/@]*@", "://…@");
    }

    @Override public String toString() {
        return hosts + "/" + database;
    }
}
