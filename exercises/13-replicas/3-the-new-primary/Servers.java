import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Servers with the same data, of which one is the primary and the others are its standbys. */
public class Servers {
    private final List<DataSource> servers;

    /** @param servers a pool for each, in any order */
    public Servers(List<DataSource> servers) {
        this.servers = List.copyOf(servers);
    }

    /** Gives a connection that may write; the caller closes it. */
    public Connection writing() throws SQLException {
        return servers.getFirst().getConnection();
    }

    /** Gives a connection that reads; the caller closes it. */
    public Connection reading() throws SQLException {
        return servers.getLast().getConnection();
    }
}
