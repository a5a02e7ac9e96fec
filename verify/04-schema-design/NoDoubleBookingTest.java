import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.*;

/** Room 7 is booked on the first of June from ten to twelve. Everybody wants it. */
class NoDoubleBookingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> NO_RANGE = Set.of("23514", "22000");
    private static final Set<String> SECOND = Set.of("23P01", "40P01", "40001");
    private static final String ALL = "select id, room_id, starts_at, ends_at, state from app.bookings";

    /** Of the random bookings, as they should be. */
    private record Booking(int id, int room, Instant from, Instant to, boolean cancelled) {
        boolean isInTheWayOf(Booking other) {
            return id != other.id && room == other.room && !cancelled && !other.cancelled && from.isBefore(other.to) && other.from.isBefore(to);
        }
    }

    @Test @Hint(1) @Promises({"old-ones-stay", "may-touch", "others-free"}) @DisplayName("the migration runs, and the bookings stay as they are")
    void runs(Clone clone, Answer answer) throws SQLException {
        var before = Sql.query(clone.app(), ALL);
        AnswerMigrations.run(clone, answer);
        Expect.table("Bookings of before", before, Sql.query(clone.app(), ALL), "They do not overlap, apart from the cancelled ones.");
    }

    @Test @Needs("runs") @Hint(1) @Promises("known-columns") @DisplayName("the program writes what it has always written")
    void programIsTheSame(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var statement : List.of("insert into app.bookings (room_id, starts_at, ends_at) values (20, '2026-06-01 10:00Z', '2026-06-01 12:00Z')",
                    "insert into app.bookings (room_id, starts_at, ends_at, state) values (20, '2026-06-01 14:00Z', '2026-06-01 15:00Z', 'booked')",
                    "insert into app.bookings (room_id, starts_at, ends_at, state) values (20, '2026-06-01 14:00Z', '2026-06-01 15:00Z', 'cancelled')",
                    "update app.bookings set ends_at = '2026-06-01 12:30Z' where room_id = 20 and starts_at = '2026-06-01 10:00Z'",
                    "update app.bookings set starts_at = starts_at + interval '2 hours', ends_at = ends_at + interval '2 hours' where room_id = 20 and state = 'booked'",
                    "update app.bookings set state = 'cancelled' where room_id = 20")) {
                Expect.works("The program's " + statement, () -> Sql.execute(app, statement), "It knows room, times and state, and nothing else.");
            }
            Expect.table("The bookings that it reads", Rows.columns("starts_at", "ends_at", "state")
                    .row(Instant.parse("2026-06-01T12:00:00Z"), Instant.parse("2026-06-01T14:30:00Z"), "cancelled")
                    .row(Instant.parse("2026-06-01T16:00:00Z"), Instant.parse("2026-06-01T17:00:00Z"), "cancelled")
                    .row(Instant.parse("2026-06-01T14:00:00Z"), Instant.parse("2026-06-01T15:00:00Z"), "cancelled"),
                Rows.query(app, "select starts_at, ends_at, state from app.bookings where room_id = 20"), "What it wrote is what it reads.");
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises({"may-touch", "others-free"}) @DisplayName("what does not overlap can be booked")
    void freeIsFree(Clone clone) throws SQLException {
        for (var free : List.of("7 10:00 12:00", "7 12:00 13:00", "7 09:00 10:00", "8 10:00 12:00", "7 14:00 16:00", "39 10:00 12:00", "1007 10:00 12:00",
                "65543 10:00 12:00", "-7 10:00 12:00", "2147483647 10:00 12:00", "-2147483648 10:00 12:00", "0 10:00 12:00")) {
            Expect.works("Booking room, from and to: " + free, () -> Sql.execute(clone.app(), insert(free)),
                "Room 7 is free until nine, between thirteen and fourteen, and after sixteen. A booking that ends at ten is over at ten.");
        }
    }

    @Test @Needs("freeIsFree") @Hint(1) @Promises("no-overlap") @DisplayName("what overlaps is refused with 23P01")
    void takenIsTaken(Clone clone) throws SQLException {
        for (var taken : List.of("7 10:00 12:00", "7 11:00 13:30", "7 08:30 09:30", "7 10:30 11:30", "7 08:00 17:00", "7 15:59 16:30", "8 11:00 11:01",
                "7 15:59:59.999999 16:30", "7 13:30 14:00:00.000001", "2147483647 11:59:59.999999 13:00")) {
            Expect.sqlState("Booking room, from and to: " + taken, "23P01", () -> Sql.execute(clone.app(), insert(taken)),
                "Two times overlap if each begins before the other one ends, whichever is longer.");
        }
        Expect.sqlState("Booking room 2 at an hour that was booked before V2 ran", "23P01", () -> Sql.execute(clone.app(),
            "insert into app.bookings (room_id, starts_at, ends_at) values (2, '2026-01-01 08:30Z', '2026-01-01 08:40Z')"), "The old bookings count, too.");
    }

    @Test @Needs("takenIsTaken") @Hint(2) @Promises("no-moving-into") @DisplayName("moving a booking into another one is refused as well")
    void movingIsRefused(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var move : List.of("ends_at = '2026-06-01 14:30Z'", "starts_at = '2026-06-01 11:30Z'", "room_id = 8, starts_at = '2026-06-01 10:30Z'", "room_id = 8, starts_at = '2026-06-01 11:00Z', ends_at = '2026-06-01 11:30Z'")) {
                Expect.sqlState("The booking from twelve to thirteen, after: set " + move, "23P01",
                    () -> Sql.execute(app, "update app.bookings set " + move + " where room_id = 7 and starts_at = '2026-06-01 12:00Z'"), "A rule must hold for updates, too.");
            }
            Expect.works("It lasts half an hour longer", () -> Sql.execute(app,
                "update app.bookings set ends_at = '2026-06-01 13:30Z' where room_id = 7 and starts_at = '2026-06-01 12:00Z'"),
                "Until fourteen the room is free. Is the booking in its own way?");
        }
    }

    @Test @Needs("takenIsTaken") @Hint(2) @Promises({"others-free", "no-moving-into"}) @DisplayName("a cancelled booking is in nobody's way")
    void cancelledIsFree(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            Expect.works("A booking is cancelled", () -> Sql.execute(app,
                "update app.bookings set state = 'cancelled' where room_id = 7 and starts_at = '2026-06-01 14:00Z'"), "That is always possible.");
            Expect.works("Its time is booked by somebody else", () -> Sql.execute(app, insert("7 14:30 15:30")), "Which rows does your rule compare?");
            Expect.works("A cancelled booking in a time that is taken", () -> Sql.execute(app, "insert into app.bookings "
                + "(room_id, starts_at, ends_at, state) values (7, '2026-06-01 14:00Z', '2026-06-01 16:00Z', 'cancelled')"), "Which rows does your rule compare?");
            Expect.sqlState("The cancelled one comes back", "23P01", () -> Sql.execute(app,
                "update app.bookings set state = 'booked' where room_id = 7 and starts_at = '2026-06-01 14:00Z'"), "Meanwhile the room is taken.");
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("ends-later") @DisplayName("a booking ends after it begins, whatever its state")
    void endsLater(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var wrong : List.of("9 10:00 10:00", "9 10:00 09:00", "9 10:00:00.000001 10:00")) {
                for (var state : List.of("booked", "cancelled")) {
                    hasNoRange("Booking room, from and to: " + wrong + ", " + state, app, insert(wrong, state));
                }
            }
            Sql.execute(app, insert("9 15:00 16:00"));
            Sql.execute(app, insert("9 15:00 16:00", "cancelled"));
            for (var change : List.of("ends_at = starts_at", "starts_at = ends_at + interval '1 s'")) {
                for (var state : List.of("booked", "cancelled")) {
                    hasNoRange("A booking that is " + state + ", after: set " + change, app,
                        "update app.bookings set " + change + " where room_id = 9 and state = '" + state + "'");
                }
            }
            Expect.works("A booking of a microsecond", () -> Sql.execute(app, insert("9 17:00 17:00:00.000001")), "It ends after it begins.");
        }
    }

    private static void hasNoRange(String what, Connection app, String sql) {
        var end = "no error";
        try {
            Sql.execute(app, sql);
        } catch (SQLException e) {
            end = e.getSQLState();
        }
        Expect.that("The end of: " + what, NO_RANGE.contains(end), "23514 or 22000", end, "An empty range overlaps nothing.");
    }

    @Test @Needs("takenIsTaken") @Promises({"no-overlap", "may-touch"}) @DisplayName("at any time of any year, also where the clocks go back")
    void anyTime(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            var room = 100;
            for (var night : List.of("2025-10-25T23:00:00Z", "2025-11-02T04:00:00Z", "2026-03-28T23:00:00Z", "2026-04-04T14:00:00Z")) {
                for (int half = 0; half < 10; half++) {
                    var from = Instant.parse(night).plus(Duration.ofMinutes(30 * half));
                    var at = room;
                    Expect.works("In the night when clocks change, half an hour from " + from, () -> Sql.execute(app, insert(at, from, from.plus(Duration.ofMinutes(30)), "booked")),
                        "The room was free. A clock on the wall shows some times twice; an instant comes once.");
                    Expect.sqlState("In that night, ten minutes of the half hour from " + from, "23P01", () -> Sql.execute(app,
                        insert(at, from.plus(Duration.ofMinutes(5)), from.plus(Duration.ofMinutes(15)), "booked")), "The room is taken.");
                }
                room++;
            }
            for (var instant : EdgeData.instants()) {
                var at = room++;
                var micro = Duration.ofNanos(1000);
                var until = instant.plus(Duration.ofHours(1));
                Expect.works("One booking until " + until + " and one from then on", () -> {
                    Sql.execute(app, insert(at, instant, until, "booked"));
                    Sql.execute(app, insert(at, until, until.plus(micro), "booked"));
                }, "When one ends, the next may begin.");
                for (var from : List.of(instant, until.minus(micro))) {
                    Expect.sqlState("A microsecond from " + from, "23P01", () -> Sql.execute(app, insert(at, from, from.plus(micro), "booked")), "The room is taken.");
                }
            }
        }
    }

    @Test @Needs("cancelledIsFree") @Promises({"no-overlap", "no-moving-into", "others-free"}) @DisplayName("whatever is booked, moved and cancelled, the rule holds")
    void anyBookings(Clone clone) throws SQLException {
        var random = RandomData.create();
        var bookings = new ArrayList<Booking>();
        try (var app = Sql.connect(clone.app())) {
            for (int i = 0; i < 150; i++) {
                var old = bookings.isEmpty() || random.number(1, 3) > 1 ? null : random.oneOf(bookings);
                var from = Instant.parse("2030-01-01T08:00:00Z").plusSeconds(random.number(0, 40) * 900L + random.number(0, 1));
                var wanted = new Booking(old == null ? 100_000 + i : old.id, random.number(5001, 5003), from, from.plusSeconds(random.number(1, 8) * 900L), random.number(1, 4) == 1);
                var sql = old == null ? "insert into app.bookings (id, room_id, starts_at, ends_at, state) overriding system value values (%s, %s, '%s', '%s', '%s')"
                    .formatted(wanted.id, wanted.room, wanted.from, wanted.to, state(wanted))
                    : "update app.bookings set room_id = %s, starts_at = '%s', ends_at = '%s', state = '%s' where id = %s"
                    .formatted(wanted.room, wanted.from, wanted.to, state(wanted), wanted.id);
                if (bookings.stream().anyMatch(wanted::isInTheWayOf)) {
                    Expect.sqlState("Taken: " + sql, "23P01", () -> Sql.execute(app, sql), "Somebody has the room at that time.");
                } else {
                    Expect.works("Free: " + sql, () -> Sql.execute(app, sql), "Nobody has the room at that time.");
                    bookings.remove(old);
                    bookings.add(wanted);
                }
            }
        }
    }

    private static String state(Booking booking) {
        return booking.cancelled ? "cancelled" : "booked";
    }

    @Test @Fresh @Needs("takenIsTaken") @Hint(1) @Promises("same-moment") @DisplayName("of two who book at the same moment, one has the room, at any isolation level")
    void oneOfTwo(Clone clone, Answer answer) throws Exception {
        AnswerMigrations.run(clone, answer);
        var room = 7;
        for (var isolation : Isolation.values()) {
            for (var waits : List.of(true, false)) {
                for (var way : List.of("books", "moves", "un-cancels")) {
                    var mine = insert(room + " 10:00 12:00");
                    Sql.execute(clone.app(), insert(room + " 20:00 21:00"));
                    Sql.execute(clone.app(), insert(room + " 11:00 13:00", "cancelled"));
                    var second = switch (way) {
                        case "books" -> insert(room + " 11:00 13:00");
                        case "moves" -> "update app.bookings set starts_at = '2026-06-01 11:00Z', ends_at = '2026-06-01 13:00Z' where state = 'booked' and room_id = " + room;
                        default -> "update app.bookings set state = 'booked' where state = 'cancelled' and room_id = " + room;
                    };
                    try (var one = isolation.connect(clone.app()); var other = isolation.connect(clone.app())) {
                        one.setAutoCommit(false);
                        other.setAutoCommit(false);
                        Sql.execute(other, "select count(*) from app.bookings");
                        Sql.execute(one, mine);
                        if (!waits) {
                            one.commit();
                        }
                        var task = Task.start(() -> end(other, second));
                        if (waits) {
                            task.waitsForLock(clone, Sql.pid(other), PATIENCE);
                            one.commit();
                        }
                        var end = task.outcome(PATIENCE);
                        Expect.that("In " + isolation + ", who " + way + " second, when the first one " + (waits ? "commits" : "has committed") + " after the second one looked",
                            SECOND.contains(end.sqlState()), "SQLSTATE 23P01", end, "Each looked, and neither saw the other's row, which was not committed yet.");
                    }
                    room++;
                }
            }
        }
        Expect.table("Times of the first of June that are booked twice", Rows.columns("count").row(0), Sql.query(clone.app(), """
            select count(*) from app.bookings a join app.bookings b on a.room_id = b.room_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
            where a.state = 'booked' and b.state = 'booked'"""), "One has the room.");
    }

    @Test @Needs("oneOfTwo") @Promises("same-moment") @DisplayName("of four who race for it, one has it")
    void oneOfFour(Clone clone) throws Exception {
        var connections = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 4; i++) {
                connections.add(Sql.connect(clone.app()));
            }
            for (int round = 0; round < 10; round++) {
                var booking = insert((300 + round) + " 10:00 12:00");
                var ends = Task.race(PATIENCE, connections.stream().map(connection -> (Callable<String>) () -> end(connection, booking)).toList());
                Expect.that("What became of four who book one room at once", ends.stream().filter(end -> end.sqlState().isEmpty()).count() == 1
                    && ends.stream().filter(end -> !end.sqlState().isEmpty()).allMatch(end -> SECOND.contains(end.sqlState())),
                    "one booking, and three refusals with 23P01, 40P01 or 40001", ends, "Each looked, and none saw the others' rows.");
            }
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    @Test @Needs("oneOfTwo") @Hint(1) @Promises("same-moment") @DisplayName("if the first one gives up, the second has it")
    void rollbackFrees(Clone clone) throws Exception {
        var room = 200;
        for (var isolation : List.of(Isolation.READ_COMMITTED, Isolation.SERIALIZABLE)) {
            for (var way : isolation == Isolation.READ_COMMITTED ? List.of("inserted", "inserted from eleven to one", "moved here", "un-cancelled") : List.of("inserted")) {
                Sql.execute(clone.app(), insert(room + " 20:00 21:00") + "; " + insert(room + " 10:00 12:00", "cancelled"));
                try (var one = isolation.connect(clone.app()); var other = isolation.connect(clone.app())) {
                    one.setAutoCommit(false);
                    Sql.execute(one, switch (way) {
                        case "inserted" -> insert(room + " 10:00 12:00");
                        case "inserted from eleven to one" -> insert(room + " 11:00 13:00");
                        case "un-cancelled" -> "update app.bookings set state = 'booked' where state = 'cancelled' and room_id = " + room;
                        default -> "update app.bookings set starts_at = '2026-06-01 10:00Z', ends_at = '2026-06-01 12:00Z' where state = 'booked' and room_id = " + room;
                    });
                    var booking = insert(room + " 11:00 13:00");
                    var second = Task.start(() -> end(other, booking));
                    second.waitsForLock(clone, Sql.pid(other), PATIENCE);
                    one.rollback();
                    var end = second.outcome(PATIENCE);
                    Expect.that("In " + isolation + ", the second booking, when the first one was " + way + " and rolls back", end instanceof Task.Outcome.Value, "no error", end, "Nobody else wants the room now.");
                }
                room++;
            }
        }
    }

    @Test @Needs("oneOfTwo") @Hint(1) @Promises({"others-free", "may-touch"}) @DisplayName("who books something else at the same moment has it, too")
    void othersAtTheSameMoment(Clone clone) throws Exception {
        try (var one = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
            one.setAutoCommit(false);
            for (var free : List.of("250 10:00 12:00 booked", "249 12:00 13:00 booked", "249 09:00 10:00 booked", "249 11:00 13:00 cancelled", "-249 10:00 12:00 booked")) {
                var booking = insert(free.substring(0, free.lastIndexOf(' ')), free.substring(free.lastIndexOf(' ') + 1));
                Sql.execute(one, insert("249 10:00 12:00"));
                var second = Task.start(() -> end(other, booking));
                second.waitsForLock(clone, Sql.pid(other), PATIENCE);
                one.rollback();
                var end = second.outcome(PATIENCE);
                Expect.that("While somebody books room 249 from ten to twelve, the booking " + free, end instanceof Task.Outcome.Value, "no error", end, "It is in nobody's way.");
            }
        }
    }

    @Test @Needs("takenIsTaken") @Promises({"no-overlap", "no-moving-into"}) @DisplayName("by whatever statement, and whoever it is")
    void anyStatement(Clone clone) throws SQLException {
        for (var login : List.of(clone.app(), clone.owner())) {
            try (var connection = Sql.connect(login)) {
                connection.setAutoCommit(false);
                for (var statement : List.of(insert("7 11:00 13:30"), insert("260 10:00 12:00") + ", (260, '2026-06-01 11:00Z', '2026-06-01 13:00Z', 'booked')",
                        "insert into app.bookings (room_id, starts_at, ends_at) select 261, timestamptz '2026-06-01 10:00Z', timestamptz '2026-06-01 10:00Z' + n * interval '1 h' from generate_series(1, 3) n",
                        "merge into app.bookings b using (values (7)) v(room) on false when not matched then insert (room_id, starts_at, ends_at) values (room, '2026-06-01 10:30Z', '2026-06-01 10:40Z')",
                        "update app.bookings set starts_at = '2026-06-01 11:00Z', ends_at = '2026-06-01 11:30Z', room_id = 7 where room_id in (1, 2)",
                        insert("262 10:00 12:00") + "; " + insert("262 12:00 13:00") + "; update app.bookings set ends_at = ends_at + interval '1 s' where room_id = 262")) {
                    Expect.sqlState("As " + login.user() + ": " + statement, "23P01", () -> {
                        Sql.execute(connection, statement);
                        connection.commit();
                    }, "A rule of the table holds for everybody, and for all rows of a statement.");
                    connection.rollback();
                }
            }
        }
    }

    private static String end(Connection connection, String sql) throws SQLException {
        Sql.execute(connection, sql);
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
        return "no error";
    }

    /** "7 10:00 12:00" on the first of June. */
    private static String insert(String booking) {
        return insert(booking, "booked");
    }

    private static String insert(String booking, String state) {
        var words = booking.split(" ");
        return "insert into app.bookings (room_id, starts_at, ends_at, state) values (%s, '2026-06-01 %sZ', '2026-06-01 %sZ', '%s')"
            .formatted(words[0], words[1], words[2], state);
    }

    private static String insert(int room, Instant from, Instant to, String state) {
        return "insert into app.bookings (room_id, starts_at, ends_at, state) values (%s, '%s', '%s', '%s')".formatted(room, from, to, state);
    }
}
