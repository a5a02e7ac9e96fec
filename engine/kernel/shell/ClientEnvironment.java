package kernel.shell;

import java.util.Map;
import java.util.regex.Pattern;
import lab.LabException;
import lab.Login;

/** The environment variables with which PostgreSQL's tools connect, so that no password stands on a command line. */
final class ClientEnvironment {
    private static final Pattern PLACE = Pattern.compile("jdbc:postgresql://([^:/?]+):(\\d+)/.*");

    private ClientEnvironment() { }

    /** Has tools speak as they did when the lesson was recorded, whatever the reader's language; letters stay the reader's. */
    static void inEnglish(Map<String, String> environment) {
        var all = environment.remove("LC_ALL"); // it would count for more than the others
        if (all != null) {
            environment.put("LC_CTYPE", all);
        }
        environment.remove("LANGUAGE");
        environment.put("LC_MESSAGES", "C");
    }

    static Map<String, String> of(Login login, String database) {
        var place = PLACE.matcher(login.url());
        if (!place.matches()) {
            throw new LabException("the client tools cannot be told the address " + login.url());
        }
        return Map.of("PGHOST", place.group(1), "PGPORT", place.group(2), "PGUSER", login.user(), "PGPASSWORD", login.password(),
            "PGDATABASE", database, "PGAPPNAME", "course: shell", "PGCONNECT_TIMEOUT", "10", "PSQL_PAGER", "cat", "PAGER", "cat", "TERM", "dumb");
    }
}
