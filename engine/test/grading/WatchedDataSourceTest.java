package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedDataSourceTest extends OnClone {
    private WatchedDataSource watched;

    @AfterEach void end() throws Exception {
        watched.close();
    }

    @Test void connections_executions_and_rows_are_counted() throws Exception {
        watched = new WatchedDataSource(clone.app());
        try (var connection = watched.source().getConnection(); var query = connection.prepareStatement("select generate_series(1, ?)")) {
            assertEquals(1, watched.open());
            query.setInt(1, 3);
            try (var row = query.executeQuery()) {
                while (row.next()) { }
            }
            connection.createStatement().execute("select 1");
        }
        assertEquals(0, watched.open());
        assertEquals(2, watched.executions());
        assertEquals(3, watched.rows());
        assertEquals(0, watched.undecided());
        assertEquals(0, watched.waits());
    }

    @Test void an_open_transaction_is_no_state_to_come_home_in() throws Exception {
        watched = new WatchedDataSource(clone.app());
        for (boolean rollsBack : new boolean[] {true, false}) {
            try (var connection = watched.source().getConnection()) {
                connection.setAutoCommit(false);
                Sql.execute(connection, "select 1");
                if (rollsBack) {
                    connection.rollback();
                }
            }
        }
        assertEquals(1, watched.undecided());
    }

    @Test void who_gave_a_connection_back_has_none_and_the_next_one_starts_afresh() throws Exception {
        watched = new WatchedDataSource(clone.app());
        var first = watched.source().getConnection();
        first.setAutoCommit(false);
        first.setTransactionIsolation(java.sql.Connection.TRANSACTION_SERIALIZABLE);
        var pid = Sql.pid(first);
        first.close();
        assertTrue(first.isClosed());
        assertEquals("08003", assertThrows(SQLException.class, first::commit).getSQLState());
        try (var second = watched.source().getConnection()) {
            assertEquals(pid, Sql.pid(second));
            assertTrue(second.getAutoCommit());
            assertEquals("read committed", Rows.query(second, "show transaction isolation level").values().getFirst().getFirst());
        }
    }

    @Test void a_dead_connection_that_is_closed_is_closed() throws Exception {
        watched = new WatchedDataSource(clone.app());
        try (var connection = watched.source().getConnection()) {
            Faults.kill(clone, connection);
            assertThrows(SQLException.class, () -> Sql.execute(connection, "select 1"));
        }
        assertEquals(0, watched.open());
        assertEquals(0, watched.undecided());
    }

    @Test void who_sleeps_with_a_connection_is_noticed() throws Exception {
        watched = new WatchedDataSource(clone.app());
        try (var connection = watched.source().getConnection()) {
            connection.isValid(1);
        }
        Thread.sleep(1);
        assertEquals(0, watched.waits());
        try (var connection = watched.source().getConnection()) {
            Thread.sleep(1);
        }
        assertEquals(1, watched.waits());
    }

    @Test void calls_fail_where_a_check_wants_it() throws Exception {
        var failure = new SQLException("the network went away", "08006");
        for (var method : new String[] {"setAutoCommit", "close"}) {
            watched = new WatchedDataSource(clone.app(), called -> { if (called.equals(method)) { throw failure; } });
            var connection = watched.source().getConnection();
            assertSame(failure, assertThrows(SQLException.class, () -> { connection.setAutoCommit(false); connection.close(); }));
            assertEquals(method.equals("close") ? 0 : 1, watched.open());
        }
    }
}
