package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionStateTest extends OnClone {
    @Test void reading_leaves_no_trace() throws Exception {
        for (var autocommit : new boolean[] {true, false}) {
            try (var connection = clone.app().connect()) {
                connection.setAutoCommit(autocommit);
                var before = ConnectionState.of(connection, "app.tenant");
                assertEquals(List.of(), ConnectionState.of(connection, "app.tenant").changesSince(before));
            }
        }
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "set work_mem = '8MB' | setting work_mem was not there, is 8192",
        "set app.tenant = 'acme' | setting app.tenant was not set, is acme",
        "set statement_timeout = '2s' | setting statement_timeout was not there, is 2000",
        "set session characteristics as transaction read only | setting default_transaction_read_only was not there, is on",
        "create temp table t () | temporary t was not there, is there",
        "listen news | listening to news was not there, is yes",
        "select pg_advisory_lock(7) | advisory lock 0 7 was not there, is 1",
        "prepare p as select 1 | prepared p was not there, is prepare p as select 1",
        "begin | transaction was none, is open"})
    void what_was_left_behind_is_told(String left, String told) throws Exception {
        try (var connection = clone.owner().connect()) {
            var before = ConnectionState.of(connection, "app.tenant");
            Sql.execute(connection, left);
            var changes = ConnectionState.of(connection, "app.tenant").changesSince(before);
            assertTrue(changes.contains(told), () -> changes + "");
        }
    }

    @Test void jdbc_s_own_settings_count() throws Exception {
        try (var connection = clone.app().connect()) {
            var before = ConnectionState.of(connection);
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            assertEquals(List.of("autocommit was on, is off", "read-only was off, is on"), ConnectionState.of(connection).changesSince(before));
        }
    }

    @Test void a_setting_of_an_open_transaction_counts() throws Exception {
        try (var connection = clone.app().connect()) {
            Sql.execute(connection, "begin; create temp table mine ()");
            var before = ConnectionState.of(connection);
            Sql.execute(connection, "set local work_mem = '8MB'");
            assertEquals(List.of("setting work_mem was not there, is 8192"), ConnectionState.of(connection).changesSince(before));
        }
    }

    @Test void isolation_counts() throws Exception {
        try (var connection = clone.app().connect()) {
            var before = ConnectionState.of(connection);
            connection.setTransactionIsolation(java.sql.Connection.TRANSACTION_SERIALIZABLE);
            assertTrue(ConnectionState.of(connection).changesSince(before).toString().contains("serializable"));
            connection.setTransactionIsolation(java.sql.Connection.TRANSACTION_READ_COMMITTED); // said by the session now, and what everybody has
            assertEquals(List.of(), ConnectionState.of(connection).changesSince(before));
        }
    }

    @Test void a_closed_one_is_closed() throws Exception {
        var connection = clone.app().connect();
        connection.close();
        assertEquals("closed", ConnectionState.of(connection).facts().get("connection"));
    }
}
