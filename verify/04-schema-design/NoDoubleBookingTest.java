import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** Room 7 is booked on the first of June from ten to twelve. Everybody wants it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoDoubleBookingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> NO_RANGE = Set.of("23514", "22000");

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs, and the bookings stay as they are")
    void runs(Clone clone, Answer answer) throws SQLException {
        migrate(clone, answer);
        Expect.table("Bookings of before, and their hours", Rows.columns("bookings", "hours", "cancelled").row(202, 205, 2), query(clone, """
            select count(*) as bookings, (extract(epoch from sum(ends_at - starts_at)) / 3600)::int as hours,
                   count(*) filter (where state = 'cancelled') as cancelled from app.bookings"""), "They do not overlap, apart from the cancelled ones.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("what does not overlap can be booked")
    void freeIsFree(Clone clone) throws SQLException {
        for (var free : List.of("7 10:00 12:00", "7 12:00 13:00", "7 09:00 10:00", "8 10:00 12:00", "7 14:00 16:00")) {
            Expect.works("Booking room, from and to: " + free, () -> book(clone, free),
                "Room 7 is free until nine, between thirteen and fourteen, and after sixteen. A booking that ends at ten is over at ten.");
        }
    }

    @Test @Order(3) @Needs("freeIsFree") @Hint(1) @DisplayName("what overlaps is refused with 23P01")
    void takenIsTaken(Clone clone) {
        for (var taken : List.of("7 10:00 12:00", "7 11:00 13:30", "7 08:30 09:30", "7 10:30 11:30", "7 08:00 17:00", "7 15:59 16:30", "8 11:00 11:01")) {
            Expect.sqlState("Booking room, from and to: " + taken, "23P01", () -> book(clone, taken),
                "Two times overlap if each begins before the other one ends, whichever is longer.");
        }
        Expect.sqlState("Booking room 2 at an hour that was booked before V2 ran", "23P01", () -> execute(clone,
            "insert into app.bookings (room_id, starts_at, ends_at) values (2, '2026-01-01 08:30Z', '2026-01-01 08:40Z')"), "The old bookings count, too.");
    }

    @Test @Order(4) @Needs("takenIsTaken") @Hint(2) @DisplayName("moving a booking into another one is refused as well")
    void movingIsRefused(Clone clone) {
        for (var move : List.of("ends_at = '2026-06-01 14:30Z'", "starts_at = '2026-06-01 11:30Z'", "room_id = 8, starts_at = '2026-06-01 10:30Z'")) {
            Expect.sqlState("The booking from twelve to thirteen, after: set " + move, "23P01",
                () -> execute(clone, "update app.bookings set " + move + " where room_id = 7 and starts_at = '2026-06-01 12:00Z'"),
                "A rule must hold for updates, too.");
        }
        Expect.works("It lasts half an hour longer", () -> execute(clone,
            "update app.bookings set ends_at = '2026-06-01 13:30Z' where room_id = 7 and starts_at = '2026-06-01 12:00Z'"),
            "Until fourteen the room is free. Is the booking in its own way?");
    }

    @Test @Order(5) @Needs("takenIsTaken") @Hint(2) @DisplayName("a cancelled booking is in nobody's way")
    void cancelledIsFree(Clone clone) throws SQLException {
        Expect.works("A booking is cancelled", () -> execute(clone,
            "update app.bookings set state = 'cancelled' where room_id = 7 and starts_at = '2026-06-01 14:00Z'"), "That is always possible.");
        Expect.works("Its time is booked by somebody else", () -> book(clone, "7 14:30 15:30"), "Which rows does your rule compare?");
        Expect.works("A cancelled booking in a time that is taken", () -> execute(clone, "insert into app.bookings "
            + "(room_id, starts_at, ends_at, state) values (7, '2026-06-01 14:00Z', '2026-06-01 16:00Z', 'cancelled')"), "Which rows does your rule compare?");
        Expect.sqlState("The cancelled one comes back", "23P01", () -> execute(clone,
            "update app.bookings set state = 'booked' where room_id = 7 and starts_at = '2026-06-01 14:00Z'"), "Meanwhile the room is taken.");
    }

    @Test @Order(6) @Needs("runs") @Hint(2) @DisplayName("a booking ends after it begins")
    void endsLater(Clone clone) {
        for (var wrong : List.of("9 10:00 10:00", "9 10:00 09:00")) {
            var end = "no error";
            try {
                book(clone, wrong);
            } catch (SQLException e) {
                end = e.getSQLState();
            }
            Expect.that("The end of booking room, from and to: " + wrong, NO_RANGE.contains(end), "23514 or 22000", end,
                "An empty range overlaps nothing.");
        }
    }

    @Test @Fresh @Order(7) @Needs("takenIsTaken") @Hint(1) @DisplayName("of two who book at the same moment, one has the room")
    void oneOfTwo(Clone clone, Answer answer) throws Exception {
        migrate(clone, answer);
        try (var one = clone.app().connect(); var other = clone.app().connect(); var observer = clone.observer().connect()) {
            one.setAutoCommit(false);
            execute(one, insert("7 10:00 12:00"));
            var pid = Rows.query(other, "select pg_backend_pid()::text").values().getFirst().getFirst();
            var second = new FutureTask<Object>(() -> {
                execute(other, insert("7 11:00 13:00"));
                return "no error";
            });
            Thread.ofPlatform().daemon().start(second);
            waitUntilBlocked(observer, pid, second);
            one.commit();
            Expect.sqlState("The second booking, when the first one commits", "23P01", () -> end(second),
                "Each looked, and neither saw the other's row, which was not committed yet.");
        }
        Expect.table("Bookings of room 7", Rows.columns("count").row(1), query(clone, "select count(*) from app.bookings where room_id = 7"), "One has the room.");
    }

    @Test @Fresh @Order(8) @Needs("oneOfTwo") @Hint(1) @DisplayName("if the first one gives up, the second has it")
    void rollbackFrees(Clone clone, Answer answer) throws Exception {
        migrate(clone, answer);
        try (var one = clone.app().connect(); var other = clone.app().connect(); var observer = clone.observer().connect()) {
            one.setAutoCommit(false);
            execute(one, insert("7 10:00 12:00"));
            var pid = Rows.query(other, "select pg_backend_pid()::text").values().getFirst().getFirst();
            var second = new FutureTask<Object>(() -> {
                execute(other, insert("7 11:00 13:00"));
                return "no error";
            });
            Thread.ofPlatform().daemon().start(second);
            waitUntilBlocked(observer, pid, second);
            one.rollback();
            Expect.works("The second booking, when the first one rolls back", () -> end(second), "Nobody else wants the room now.");
        }
    }

    private static void end(FutureTask<Object> task) throws Exception {
        try {
            task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void waitUntilBlocked(Connection observer, Object pid, FutureTask<?> second) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!second.isDone() && System.nanoTime() < end && Rows.query(observer,
                "select where cardinality(pg_blocking_pids(?::text::int)) > 0", pid).values().isEmpty()) {
            Thread.sleep(5);
        }
    }

    /** "7 10:00 12:00" on the first of June. */
    private static String insert(String booking) {
        var words = booking.split(" ");
        return "insert into app.bookings (room_id, starts_at, ends_at) values (%s, '2026-06-01 %sZ', '2026-06-01 %sZ')"
            .formatted((Object[]) words);
    }

    private static void book(Clone clone, String booking) throws SQLException {
        execute(clone, insert(booking));
    }

    private static void execute(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows query(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            return Rows.query(connection, sql);
        }
    }

    private static void migrate(Clone clone, Answer answer) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
    }
}
