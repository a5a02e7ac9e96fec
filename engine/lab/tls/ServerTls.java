package lab.tls;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import lab.LabException;
import lab.Login;
import lab.Server;
import lab.SqlErrors;
import lab.net.ServerPlace;
import lab.os.Platform;
import lab.os.Waiting;

/**
 * TLS in the run's own server, switched on while it runs, with a certificate of an authority of this run. Key and certificate
 * go the way that a superuser always has: {@code copy … to program}, so it works wherever the server's folder is.
 */
public final class ServerTls implements AutoCloseable {
    private static final long TIMEOUT_NANOS = 20_000_000_000L;
    private final Server server;
    private final Authority authority;

    private ServerTls(Server server, Authority authority) {
        this.server = server;
        this.authority = authority;
    }

    /**
     * Switches it on, and returns when new connections have it. On a server that has TLS from here, the certificate is replaced.
     *
     * @throws LabException where others use the server, or TLS does not come on
     */
    public static ServerTls on(Server server) throws LabException {
        if (server.isShared()) {
            throw new LabException("TLS is switched on in a server of this run alone, and this one is used by others as well;"
                + " use --db embedded, --db local or --db docker");
        }
        var tls = new ServerTls(server, Authority.create("Postgres by Experiment"));
        try {
            tls.switchOn();
            return tls;
        } catch (SQLException e) {
            tls.close();
            throw new LabException("could not switch TLS on: " + SqlErrors.describe(e), e);
        } catch (LabException e) {
            tls.close();
            throw e;
        }
    }

    /** Who has signed the certificate, as a file of PEM: what {@code sslrootcert} names. */
    public Path root() {
        return authority.root();
    }

    /** A certificate of the same authority for another host. */
    public Certificate forHost(String host) throws LabException {
        return authority.issue(List.of(host));
    }

    /** The login as its owner would write it who trusts this authority and nobody else. */
    public Login verified(Login login) {
        return new Login(withOptions(login.url(), "sslmode=verify-full&sslrootcert=" + root()), login.user(), login.password());
    }

    private static String withOptions(String url, String options) {
        return url + (url.contains("?") ? "&" : "?") + options;
    }

    private void switchOn() throws SQLException {
        var began = Instant.now();
        var certificate = authority.issue(List.of(ServerPlace.of(server.admin()).host(), "127.0.0.1"));
        try (var connection = server.admin().connect()) {
            write(connection, "server.crt", certificate.pem());
            write(connection, "server.key", certificate.keyPem());
            execute(connection, "alter system set ssl = on");
            execute(connection, "select pg_reload_conf()");
        }
        awaitVerified(began);
    }

    /** PostgreSQL refuses a key that others may read. Windows has no such bits, and no cat. */
    private static void write(Connection connection, String name, String text) throws SQLException {
        execute(connection, "create temp table course_lines (n int generated always as identity, line text)");
        try (var insert = connection.prepareStatement("insert into course_lines (line) select unnest(?::text[])")) {
            insert.setArray(1, connection.createArrayOf("text", text.lines().toArray()));
            insert.execute();
        }
        var to = Platform.isWindows() ? quoted(folder(connection) + "/" + name) : "program 'umask 077 && cat >" + name + "'";
        execute(connection, "copy (select line from course_lines order by n) to " + to);
        execute(connection, "drop table course_lines");
    }

    private static String folder(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("show data_directory")) {
            row.next();
            return row.getString(1);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void awaitVerified(Instant began) throws SQLException {
        var end = System.nanoTime() + TIMEOUT_NANOS;
        while (true) {
            try (var connection = verified(server.admin()).connect()) {
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw new LabException("TLS is not on 20 s after the reload: " + SqlErrors.describe(e) + saidSince(began), e);
                }
                Waiting.briefly();
            }
        }
    }

    private String saidSince(Instant began) {
        try {
            return "; the server's log says: " + String.join("\n", server.log().between(began, Instant.now()));
        } catch (LabException e) {
            return "";
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Switches it off again. Connections that have it keep it. */
    @Override public void close() {
        try (var connection = server.admin().connect()) {
            for (var sql : List.of("alter system reset ssl", "select pg_reload_conf()")) {
                execute(connection, sql);
            }
        } catch (SQLException e) {
            // the server is gone, and its TLS with it
        } finally {
            authority.close();
        }
    }
}
