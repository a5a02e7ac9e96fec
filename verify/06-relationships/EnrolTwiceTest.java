import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.*;

/** Students click, twice and at once; two pages are looked at through their plans. */
class EnrolTwiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** Right answers read nine at most; a whole index has 18, the table 27. */
    private static final long FEW_PAGES = 12;
    private static final String STUDENTS_PAGE = "select course_id, enrolled_at from app.enrollments where student_id = ?";
    private static final String COURSES_PAGE = "select student_id from app.enrollments where course_id = ? order by student_id";
    private static final String CLASS_23 = "an SQLSTATE of class 23";
    /** Each pair of before, with its earliest time. */
    private static Rows earliest;

    @Test @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        moreClicks(clone);
        earliest = Sql.query(clone.app(), "select student_id, course_id, min(enrolled_at) from app.enrollments group by 1, 2 order by 1, 2");
        AnswerMigrations.run(clone, answer);
    }

    /** Whether PostgreSQL knows of each page that all see it: not while the transaction of somebody who was earlier is open. */
    private static boolean isVacuumed(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "vacuum (analyze) app.enrollments");
        return Sql.number(clone.owner(), "select relpages - relallvisible from pg_class where oid = 'app.enrollments'::regclass") == 0;
    }

    /** Of students who are in the course: at the same time, a microsecond apart within and around a second, and long before or after. */
    private static void moreClicks(Clone clone) throws SQLException {
        var random = RandomData.create();
        try (var owner = Sql.connect(clone.owner()); var insert = owner.prepareStatement("""
                insert into app.enrollments
                select student_id, course_id, coalesce(?::timestamptz, min(enrolled_at)) + (? - n) * interval '1 microsecond'
                from app.enrollments, generate_series(0, 1) n where student_id = ? and course_id = 1 + (student_id * 7 + ? * 79) % 300
                group by student_id, course_id, n order by n""")) {
            for (int i = 0; i < 60; i++) {
                insert.setString(1, random.number(1, 4) == 1 ? random.oneOf(EdgeData.instants()).toString() : null);
                insert.setInt(2, random.oneOf(List.of(0, 1, -500_000, 250_000)));
                insert.setInt(3, random.number(1, 1000));
                insert.setInt(4, random.number(0, 3));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("once") @DisplayName("each student is in a course once")
    void isInACourseOnce(Clone clone) throws SQLException {
        var doubles = Sql.query(clone.app(), "select student_id, course_id, count(*) from app.enrollments group by 1, 2 having count(*) > 1 order by 1, 2 limit 1").values();
        Expect.that("A student's enrolments in the same course after the migration", doubles.isEmpty(), "one",
            doubles.stream().map(row -> row.getLast() + ", of student " + row.get(0) + " in course " + row.get(1)).findFirst().orElse(""), "V2 removes those that are too many.");
    }

    @Test @Needs("isInACourseOnce") @Hint(2) @Promises("earliest-stays") @DisplayName("the first click is the one that stays")
    void keepsTheEarliest(Clone clone) throws SQLException {
        Expect.table("Enrolments after the migration, student, course and time", earliest,
            new Rows(earliest.columns(), Sql.query(clone.app(), "select student_id, course_id, enrolled_at from app.enrollments order by 1, 2").values()),
            "Each pair that was there is there once, with its earliest time, even where several are equal.");
    }

    @Test @Needs("keepsTheEarliest") @Hint(1) @Promises("once") @DisplayName("and cannot be there twice")
    void staysOnce(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var again : List.of("now()", "enrolled_at", "enrolled_at + interval '1 microsecond'", "timestamptz '1969-01-01 00:00Z'")) {
                refused("An enrolment that is there already, at the time " + again, app,
                    "insert into app.enrollments (student_id, course_id, enrolled_at) select student_id, course_id, " + again
                    + " from app.enrollments where student_id = 500 order by course_id limit 1");
            }
            refused("A student's second enrolment, moved to the first one's course", app, """
                update app.enrollments set course_id = (select min(course_id) from app.enrollments where student_id = 501)
                where student_id = 501 and course_id = (select max(course_id) from app.enrollments where student_id = 501)""");
            refused("The enrolment of 502 in a course, handed to 503, who is in it", app, """
                update app.enrollments e set student_id = 503, course_id = (select min(course_id) from app.enrollments where student_id = 503)
                where student_id = 502 and course_id = (select max(course_id) from app.enrollments where student_id = 502)""");
            Expect.works("Two students in course 301, and one of them in 302", () -> Sql.execute(app, "begin; insert into app.enrollments (student_id, course_id, enrolled_at) "
                + "values (500, 301, now()), (501, 301, now()), (500, 302, now()); rollback"), "Only the same student in the same course is too much.");
        }
    }

    @Test @Needs("staysOnce") @Hint(1) @Promises("whole") @DisplayName("an enrolment is whole")
    void onlyWhole(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            var lacking = List.of("without a student", "without a course", "without a time", "of student 99999, who does not exist", "in course 999, which does not exist");
            var values = List.of("null, 301, now()", "1, null, now()", "1, 301, null", "99999, 301, now()", "1, 999, now()");
            var sets = List.of("student_id = null", "course_id = null", "enrolled_at = null", "student_id = 99999", "course_id = 999");
            for (int i = 0; i < lacking.size(); i++) {
                refused("A new enrolment " + lacking.get(i), app, "insert into app.enrollments (student_id, course_id, enrolled_at) values (" + values.get(i) + ")");
                refused("An old enrolment, afterwards " + lacking.get(i), app, "update app.enrollments set " + sets.get(i)
                    + " where student_id = 504 and course_id = (select min(course_id) from app.enrollments where student_id = 504)");
            }
            for (var table : List.of("students", "courses")) {
                Expect.table("Enrolments of what does not exist, after app." + table + " has got another id", Rows.unnamed().row(0),
                    orphansAfter(app, "update app." + table + " set id = 88888 where id = 77"), "A rule must hold for whatever is done at the other end, too.");
            }
        }
        Expect.equal("Constraints of app.enrollments that are `not valid`", List.of(), Sql.query(clone.app(), """
            select conname from pg_constraint where conrelid = 'app.enrollments'::regclass and not convalidated""").values(), "`not valid` is a promise to look later.");
    }

    /** In a transaction that is rolled back. The statement itself may be refused. */
    private static Rows orphansAfter(Connection app, String sql) throws SQLException {
        app.setAutoCommit(false);
        try {
            Sql.execute(app, sql + "; set constraints all immediate");
            return new Rows(List.of(), Rows.query(app, """
                select count(*) from app.enrollments where student_id not in (select id from app.students)
                or course_id not in (select id from app.courses) or student_id is null or course_id is null""").values());
        } catch (SQLException refused) {
            return Rows.unnamed().row(0);
        } finally {
            app.rollback();
            app.setAutoCommit(true);
        }
    }

    @Test @Needs("onlyWhole") @Hint(1) @Promises("student-goes") @DisplayName("a student who goes takes the enrolments along")
    void studentsTakeThemAlong(Clone clone) throws SQLException {
        var all = Sql.number(clone.app(), "select count(*) from app.enrollments");
        var theirs = Sql.number(clone.app(), "select count(*) from app.enrollments where student_id in (996, 997, 998, 999)");
        Expect.works("Deleting a student", () -> Sql.execute(clone.app(), "delete from app.students where id = 999"), "An enrolment has no life of its own.");
        Expect.works("Deleting three students", () -> Sql.execute(clone.app(), "delete from app.students where id between 996 and 998"), "An enrolment has no life of its own.");
        Expect.table("Enrolments of students who were deleted, and of all", Rows.columns("theirs", "all").row(0, all - theirs), Sql.query(clone.app(), """
            select count(*) filter (where student_id between 996 and 999) as theirs, count(*) as all from app.enrollments"""), "Theirs go, and nobody else's.");
    }

    @Test @Needs("onlyWhole") @Hint(1) @Promises("course-stays") @DisplayName("a course stays as long as it has students")
    void coursesStay(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
            Expect.works("Deleting a course that has none", () -> Sql.execute(app, "delete from app.courses where id = 302"), "Nobody is in it.");
            refused("Deleting a course that has students", app, "delete from app.courses where id = 77");
            refused("Deleting a course that has students, and one that has none", app, "delete from app.courses where id in (77, 301)");
            other.setAutoCommit(false);
            Sql.execute(other, "insert into app.enrollments (student_id, course_id, enrolled_at) values (505, 301, now())");
            var deleting = Task.start(() -> end(app, "delete from app.courses where id = 301"));
            deleting.waitsForLock(clone, Sql.pid(app), PATIENCE);
            Expect.works("Committing the enrolment of the first student of a course, while somebody deletes the course", other::commit, "Who looks for students must see those who come at the same moment.");
            var end = deleting.outcome(PATIENCE).toString();
            Expect.that("Deleting a course, while somebody is enrolling as its first student", end.startsWith("SQLSTATE 23"), CLASS_23, end,
                "Who looks for students must see those who come at the same moment.");
            Sql.execute(app, "delete from app.enrollments where course_id = 301");
        }
    }

    @Test @Needs("keepsTheEarliest") @Hint(1) @Promises("students-page") @DisplayName("the student's page finds its rows by an index")
    void studentPage(Clone clone) throws Exception {
        Task.until(PATIENCE, () -> isVacuumed(clone));
        var random = RandomData.create();
        for (var student : List.of(1, 711, random.number(2, 990), random.number(2, 990), 990)) {
            var plan = QueryPlan.of(clone.app(), STUDENTS_PAGE, student);
            Expect.that("The page of student " + student + " does not read the whole table, nor a whole index", plan.buffers() <= FEW_PAGES,
                "at most " + FEW_PAGES + " pages", plan, "Which index begins with student_id?");
        }
    }

    @Test @Needs("keepsTheEarliest") @Hint(1) @Promises("courses-page") @DisplayName("the course's page is read from an index alone, in order")
    void coursePage(Clone clone) throws Exception {
        Task.until(PATIENCE, () -> isVacuumed(clone));
        var random = RandomData.create();
        for (var course : List.of(1, 77, random.number(2, 299), random.number(2, 299), 300)) {
            var plan = QueryPlan.of(clone.app(), COURSES_PAGE, course);
            Expect.equal("The page of course " + course + ", without sorting and without visiting the table", new TreeSet<>(List.of("Index Only Scan")),
                plan.nodes().stream().map(node -> node.type()).collect(Collectors.toCollection(TreeSet::new)),
                "Which columns does the page need, and in which order do they come?");
            Expect.that("The page of course " + course + " reads only what belongs to the course", plan.buffers() <= FEW_PAGES, "at most " + FEW_PAGES + " pages",
                plan, "Which column does the index begin with?");
        }
    }

    @Test @Needs({"studentPage", "coursePage"}) @Hint(1) @Promises("two-indexes") @DisplayName("there are two indexes")
    void noMoreIndexes(Clone clone) throws SQLException {
        var indexes = Sql.query(clone.app(), "select indexdef from pg_indexes where schemaname = 'app' and tablename = 'enrollments' order by indexdef")
            .values().stream().map(List::getFirst).toList();
        Expect.that("Indexes of app.enrollments", indexes.size() == 2, "two", indexes,
            "Each is paid for at every insert. Would a page become slower without it, even if it is used now?");
    }

    @Test @Fresh @Needs("noMoreIndexes") @Promises("nothing-else") @DisplayName("nothing else has changed")
    void nothingElse(Clone clone, Answer answer) throws SQLException {
        var fresh = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
        Expect.nothingElseChanged("What is different after the migration, and should not be", fresh, CatalogSnapshot.withRows(clone),
            "The task asks for constraints and indexes of app.enrollments, and for fewer rows of it.",
            "^(new|gone|changed): index .* ON app\\.enrollments ", "^new: constraint .* on app\\.enrollments \\(", "rows of app\\.enrollments,", "^new: comment on ",
            "^changed: column app\\.enrollments\\.\\w+, was (\\w[^,]*)(, default .*), is \\1, not null\\2$");
    }

    @Test @Needs("onlyWhole") @Hint(2) @Promises("says-whether") @DisplayName("the first click enrols, the second writes nothing")
    void enrols(Clone clone) throws Exception {
        Sql.execute(clone.owner(), """
            insert into app.students values (-7, 'Seven'), (0, 'Nobody'), (9223372036854775807, 'Last'), (3000000001, 'Many');
            insert into app.courses values (-1, 'Minus one'), (0, 'None'), (9223372036854775807, 'Last'), (3000000001, 'Many')""");
        for (var pair : List.of(new long[] {1, 301}, new long[] {-7, -1}, new long[] {0, 0}, new long[] {0, -1}, new long[] {3_000_000_001L, 3_000_000_001L},
                new long[] {Long.MAX_VALUE, Long.MAX_VALUE}, new long[] {3_000_000_001L, 301})) {
            var who = "of student " + pair[0] + " on course " + pair[1];
            try (var connection = transaction(clone)) {
                Expect.equal("The first click " + who, true, enrol(connection, pair[0], pair[1]), "Was the student in the course before?");
                connection.commit();
                var first = enrolled(clone, pair);
                Expect.equal("Enrolments " + who, 1, first.values().size(), "The first click enrols.");
                Expect.equal("The second click " + who, false, enrol(connection, pair[0], pair[1]), "Was the student in the course before?");
                Sql.execute(connection, "commit");
                Expect.table("The enrolment " + who + ": time, version of the row and its place, after the second click", first, enrolled(clone, pair),
                    "A click that finds the student there writes nothing, not even the same again.");
            }
        }
        var old = earliest.values().get(1000);
        var pair = new long[] {((Number) old.get(0)).longValue(), ((Number) old.get(1)).longValue()};
        var asItWas = enrolled(clone, pair);
        try (var connection = transaction(clone)) {
            Expect.equal("A click of somebody who was in the course before the migration", false, enrol(connection, pair[0], pair[1]), "Was the student in the course before?");
            connection.commit();
        }
        Expect.table("The enrolment of that student, afterwards", asItWas, enrolled(clone, pair), "It writes nothing.");
    }

    @Test @Needs("enrols") @Promises("says-whether") @DisplayName("the time is that of the click, wherever the program runs")
    void timeOfTheClick(Clone clone) throws Exception {
        Environments.inEveryTimeZone(where -> {
            try (var connection = transaction(clone)) {
                Sql.execute(connection, "set time zone 'Asia/Kolkata'");
                enrol(connection, 506, 301);
                Expect.table("Whether the time of an enrolment is that of the click, " + where, Rows.columns("now").row(true), Rows.query(connection,
                    "select abs(extract(epoch from enrolled_at - clock_timestamp())) < 60 as now from app.enrollments where student_id = 506 and course_id = 301"),
                    "PostgreSQL knows what time it is, whatever zone the program and the session have.");
                connection.rollback();
            }
        });
    }

    @Test @Needs("enrols") @Hint(2) @Promises("goes-on") @DisplayName("a second click does not spoil its transaction")
    void doesNotSpoilTheTransaction(Clone clone) throws Exception {
        try (var connection = transaction(clone)) {
            Sql.execute(connection, "update app.students set name = 'Clicked twice' where id = 3");
            enrol(connection, 3, 301);
            Expect.works("Clicking twice, and the rest of the transaction", () -> {
                enrol(connection, 3, 301);
                enrol(connection, 4, 301);
                enrol(connection, 4, 301);
                Sql.execute(connection, "update app.students set name = 'And went on' where id = 4");
                connection.commit();
            }, "After a statement that failed, PostgreSQL ignores what follows in the same transaction.");
            Expect.table("What the transaction did before and after a second click", Rows.columns("name", "course_id").row("Clicked twice", 301).row("And went on", 301),
                Sql.query(clone.app(), "select name, course_id from app.students s left join app.enrollments e on e.student_id = s.id and course_id = 301 where id in (3, 4)"),
                "What came before stays, and what follows is kept.");
        }
    }

    @Test @Needs("enrols") @Hint(2) @Promises("caller-commits") @DisplayName("the caller commits")
    void theCallerCommits(Clone clone) throws Exception {
        var seven = new long[] {7, 301};
        var eight = new long[] {8, 301};
        var lookAt = "Whose transaction is it?";
        try (var connection = Sql.connect(clone.app())) {
            var lent = ConnectionState.of(connection);
            for (var ending : List.of("rollback", "commit")) {
                connection.setAutoCommit(false);
                Sql.execute(connection, "savepoint before_all");
                var open = ConnectionState.of(connection);
                enrol(connection, 8, 301);
                Expect.asLent("The connection after a click", open, ConnectionState.of(connection), lookAt);
                Sql.execute(connection, "rollback to before_all");
                enrol(connection, 7, 301);
                enrol(connection, 7, 301);
                Expect.asLent("The connection after a second click", open, ConnectionState.of(connection), lookAt);
                Expect.equal("What others see of an enrolment before the commit", 0, enrolled(clone, seven).values().size(), lookAt);
                Sql.execute(connection, ending);
                connection.setAutoCommit(true);
                Expect.asLent("The connection after the " + ending + " of its caller", lent, ConnectionState.of(connection), lookAt);
                Expect.equal("Enrolments of student 7 after the " + ending, ending.equals("commit") ? 1 : 0, enrolled(clone, seven).values().size(), lookAt);
                Expect.equal("Enrolments of student 8, which were rolled back to a savepoint", 0, enrolled(clone, eight).values().size(), lookAt);
            }
        }
    }

    @Test @Needs("theCallerCommits") @Hint(2) @Promises({"caller-commits", "says-whether"}) @DisplayName("and after a rollback nothing is remembered, by nobody")
    void remembersNothing(Clone clone) throws Exception {
        try (var connection = transaction(clone)) {
            var clicks = new Enrollments(connection);
            Sql.execute(connection, "savepoint here");
            for (var ending : List.of("rollback to here", "rollback", "delete from app.enrollments where student_id = 9 and course_id = 301")) {
                Expect.equal("A click that is the first one, of one object for many clicks", true, clicks.enrol(9, 301), "Who knows whether the student is in the course?");
                Expect.equal("A second click", false, clicks.enrol(9, 301), "Who knows whether the student is in the course?");
                Sql.execute(connection, ending);
            }
            Expect.equal("A click, after all that was undone", true, clicks.enrol(9, 301), "Who knows whether the student is in the course?");
        }
    }

    @Test @Needs("enrols") @Hint(2) @Promises("same-moment") @DisplayName("of two clicks at the same moment one enrols")
    void twoClicksAtOnce(Clone clone) throws Exception {
        for (var ending : List.of("commit", "rollback")) {
            try (var first = transaction(clone); var second = transaction(clone)) {
                enrol(first, 2, 301);
                Rows.query(second, "select count(*) from app.enrollments");
                var timeouts = new QueryTimeouts();
                var task = Task.start(() -> new Enrollments(timeouts.shortened(second)).enrol(2, 301));
                task.waitsForLock(clone, Sql.pid(second), PATIENCE);
                timeouts.letPass(task);
                Sql.execute(first, ending);
                Expect.equal("The second of two clicks at the same moment, after the " + ending + " of the first",
                    ending.equals("commit") ? "false" : "true", task.outcome(PATIENCE).toString(), "Between looking and inserting there is time for somebody else.");
                Sql.execute(second, "commit");
                Expect.equal("Enrolments after two clicks at the same moment, and the " + ending + " of the first", 1, enrolled(clone, new long[] {2, 301}).values().size(), "One of them enrols.");
                Sql.execute(clone.owner(), "delete from app.enrollments where student_id = 2 and course_id = 301");
            }
        }
    }

    @Test @Needs("twoClicksAtOnce") @Hint(2) @Promises("same-moment") @DisplayName("and so it is with six")
    void sixClicksAtOnce(Clone clone) throws Exception {
        var connections = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 6; i++) {
                connections.add(transaction(clone));
            }
            for (int student = 601; student <= 610; student++) {
                var who = student;
                var racers = connections.stream().<Callable<Boolean>>map(connection -> () -> {
                    var enrolled = new Enrollments(connection).enrol(who, 301);
                    Sql.execute(connection, "commit");
                    return enrolled;
                }).toList();
                var outcomes = new ArrayList<>(Task.race(PATIENCE, racers).stream().map(Object::toString).toList());
                Collections.sort(outcomes);
                Expect.equal("What came of six clicks at the same moment", List.of("false", "false", "false", "false", "false", "true"), outcomes, "One of them enrols, and nobody gets an error.");
            }
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    @Test @Needs("enrols") @Hint(2) @Promises("other-failures") @DisplayName("who does not exist cannot enrol, and hears of it")
    void notEveryFailureIsASecondClick(Clone clone) throws Exception {
        for (var unknown : List.of(new long[] {99999, 301}, new long[] {1, 999}, new long[] {99999, 999}, new long[] {Long.MIN_VALUE, 301})) {
            try (var connection = transaction(clone)) {
                fails("What `enrol` says of student " + unknown[0] + " on course " + unknown[1], connection, unknown, "Does it hear of it before the commit? Not every failure is a second click.");
            }
        }
        try (var connection = transaction(clone)) {
            Rows.query(connection, "select 1");
            Faults.kill(clone, connection);
            fails("What `enrol` says when its connection is dead", connection, new long[] {5, 301}, "Not every failure is a second click.");
        }
        try (var connection = transaction(clone)) {
            Sql.execute(connection, "set transaction read only");
            fails("What `enrol` says in a transaction that may not write", connection, new long[] {5, 301}, "Not every failure is a second click.");
        }
    }

    @Test @Needs("notEveryFailureIsASecondClick") @Hint(2) @Promises("other-failures") @DisplayName("and at once, also in a transaction that defers what it may")
    void notFirstOfTheCommit(Clone clone) throws Exception {
        for (var unknown : List.of(new long[] {99999, 301}, new long[] {1, 999})) {
            try (var connection = transaction(clone)) {
                Sql.execute(connection, "set constraints all deferred");
                fails("What `enrol` says of student " + unknown[0] + " on course " + unknown[1] + ", where constraints are deferred", connection, unknown,
                    "Which constraints may be checked as late as at the commit?");
            }
        }
    }

    private static Connection transaction(Clone clone) throws SQLException {
        var connection = Sql.connect(clone.app());
        connection.setAutoCommit(false);
        return connection;
    }

    private static boolean enrol(Connection connection, long student, long course) throws Exception {
        return Expect.within("Enrolling student " + student, PATIENCE, () -> new Enrollments(connection).enrol(student, course));
    }

    private static void fails(String what, Connection connection, long[] pair, String lookAt) throws Exception {
        String end;
        try {
            end = String.valueOf(enrol(connection, pair[0], pair[1]));
        } catch (Exception e) {
            end = e instanceof SQLException ? "an SQLException" : e.toString();
        }
        Expect.equal(what, "an SQLException", end, lookAt);
    }

    /** Time, version and place. */
    private static Rows enrolled(Clone clone, long[] pair) throws SQLException {
        return Sql.query(clone.app(), "select enrolled_at, xmin::text, ctid::text from app.enrollments where student_id = ? and course_id = ?", pair[0], pair[1]);
    }

    private static void refused(String what, Connection app, String sql) throws SQLException {
        var end = end(app, sql);
        Expect.that(what, end.startsWith("SQLSTATE 23"), CLASS_23, end, "Which constraint would say so?");
    }

    private static String end(Connection app, String sql) {
        try {
            Sql.execute(app, sql);
            return "no error at all";
        } catch (SQLException e) {
            return "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
        }
    }
}
