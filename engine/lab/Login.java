package lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Where to connect and as whom. The password stays out of {@link #toString}, so out of logs and messages. */
public record Login(String url, String user, String password) {

    /**
     * Opens a new physical connection. The caller closes it.
     *
     * @throws SQLException as the driver gives it, 28P01 for a wrong password
     */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /**
     * Opens a new physical connection that PostgreSQL shows under a name, in pg_stat_activity for example.
     *
     * @param application PostgreSQL cuts it after 63 bytes
     */
    public Connection connect(String application) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", application);
        properties.setProperty("assumeMinServerVersion", "15"); // sent in the first message, which saves a round trip
        properties.setProperty("loginTimeout", "30"); // in seconds: a frozen server lets nobody in, and says nothing
        return DriverManager.getConnection(url, properties);
    }

    /**
     * Opens a new physical connection to a server that may have stopped answering.
     *
     * @param timeout in whole seconds, at least one
     */
    public Connection connect(Duration timeout) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", String.valueOf(timeout.toSeconds()));
        return DriverManager.getConnection(url, properties);
    }

    /** The same server, role and options, another database. */
    public Login on(String database) {
        return new Login(url.replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1"), user, password);
    }

    @Override public String toString() {
        return user + " at " + url;
    }
}
