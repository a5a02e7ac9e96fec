package lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where to connect and as whom. The password stays out of {@link #toString}, so out of logs and messages. */
public record Login(String url, String user, String password) {

    /** Opens a new physical connection. The caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** The same server and role, another database. */
    public Login on(String database) {
        return new Login(url.replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1"), user, password);
    }

    @Override public String toString() {
        return user + " at " + url;
    }
}
