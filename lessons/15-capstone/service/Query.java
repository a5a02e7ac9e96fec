import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A query of one tenant's rows, and what they become. */
record Query<T>(String sql, List<Object> parameters, Rows<T> rows) {

    /** Reads what PostgreSQL gives. */
    interface Rows<T> {
        T of(ResultSet rows) throws SQLException;
    }

    // tag::one-trip[]
    /** In one round trip: without autocommit, {@code begin}, who asks, the query and {@code commit} would be three. */
    T of(Connection connection, UUID tenant) throws SQLException {
        connection.setAutoCommit(true);                // and the two statements are one transaction still
        try (var both = connection.prepareStatement("select set_config('billing.tenant', ?, true); " + sql)) {
            both.setString(1, tenant.toString());
            for (int i = 0; i < parameters.size(); i++) {
                both.setObject(i + 2, parameters.get(i));
            }
            both.execute();
            both.getMoreResults();                     // past what was set
            try (var found = both.getResultSet()) {
                return rows.of(found);
            }
        }
    }
    // end::one-trip[]
}
