import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import kernel.output.Output;
import kernel.output.Plans;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** Students click, twice and at once; two pages are looked at through their plans. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnrolTwiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long ENROLLMENTS = 4_000;
    /** Right answers read nine at most; a whole index has 18, the table 27. */
    private static final long FEW_PAGES = 12;
    private static final String STUDENTS_PAGE = "select course_id, enrolled_at from app.enrollments where student_id = 711";
    private static final String COURSES_PAGE = "select student_id from app.enrollments where course_id = 77 order by student_id";

    @Test @Order(1) @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .baselineOnMigrate(true).baselineVersion("1").locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name what is in the way.");
        execute(clone.owner(), "vacuum (analyze) app.enrollments");
    }

    @Test @Order(2) @Needs("runs") @Hint(2) @DisplayName("each student is in a course once, since the first click")
    void keepsTheEarliest(Clone clone) throws SQLException {
        Expect.table("Enrolments after the migration, and pairs of student and course", Rows.unnamed().row(ENROLLMENTS, ENROLLMENTS),
            query(clone.app(), "select count(*), count(distinct (student_id, course_id)) from app.enrollments"),
            "Each pair that was there is there once.");
        Expect.table("Enrolments with the time of the first click", Rows.unnamed().row(ENROLLMENTS), query(clone.app(), """
            select count(*) from app.enrollments
            where enrolled_at = timestamptz '2026-01-01 00:00Z' + (student_id % 1000) * interval '1 hour'"""), "Which of several do you keep?");
    }

    @Test @Order(3) @Needs("keepsTheEarliest") @Hint(1) @DisplayName("an enrolment is unique, and whole")
    void onlyWhole(Clone clone) {
        refuses(clone, "An enrolment that is there already", "23505", "select student_id, course_id, now() from app.enrollments limit 1");
        refuses(clone, "An enrolment without a student", "23502", "values (null::bigint, 301, now())");
        refuses(clone, "An enrolment without a course", "23502", "values (1, null::bigint, now())");
        refuses(clone, "An enrolment without a time", "23502", "values (1, 301, null::timestamptz)");
        refuses(clone, "An enrolment of student 99999, who does not exist", "23503", "values (99999, 301, now())");
        refuses(clone, "An enrolment in course 999, which does not exist", "23503", "values (1, 999, now())");
    }

    @Test @Order(4) @Needs("onlyWhole") @Hint(1) @DisplayName("a student who goes takes the enrolments along")
    void studentsTakeThemAlong(Clone clone) throws SQLException {
        Expect.works("Deleting a student", () -> execute(clone.app(), "delete from app.students where id = 999"), "An enrolment has no life of its own.");
        Expect.table("Enrolments of a student who was deleted", Rows.unnamed().row(0),
            query(clone.app(), "select count(*) from app.enrollments where student_id = 999"), "An enrolment has no life of its own.");
    }

    @Test @Order(5) @Needs("onlyWhole") @Hint(1) @DisplayName("a course stays as long as it has students")
    void coursesStay(Clone clone) throws SQLException {
        var answer = "no error at all";
        try {
            execute(clone.app(), "delete from app.courses where id = 77");
        } catch (SQLException e) {
            answer = "SQLSTATE " + e.getSQLState();
        }
        // PostgreSQL 18 has a code of its own for `restrict`.
        Expect.that("Deleting a course that has students", List.of("SQLSTATE 23503", "SQLSTATE 23001").contains(answer), "SQLSTATE 23503, or 23001",
            answer, "The two foreign keys have different rules.");
        Expect.works("Deleting a course that has none", () -> execute(clone.app(), "delete from app.courses where id = 302"), "Nobody is in it.");
    }

    @Test @Order(6) @Needs("keepsTheEarliest") @Hint(1) @DisplayName("the student's page finds its rows by an index")
    void studentPage(Clone clone) throws SQLException {
        var plan = plan(clone, STUDENTS_PAGE);
        Expect.that("The student's page does not read the whole table", pages(plan) <= FEW_PAGES, "at most " + FEW_PAGES + " pages",
            pages(plan) + " pages: " + nodes(plan), "Which index begins with student_id?");
    }

    @Test @Order(7) @Needs("keepsTheEarliest") @Hint(1) @DisplayName("the course's page is read from an index alone, in order")
    void coursePage(Clone clone) throws SQLException {
        var plan = plan(clone, COURSES_PAGE);
        Expect.equal("The course's page, without sorting and without visiting the table", new TreeSet<>(List.of("Index Only Scan")), nodes(plan),
            "Which columns does the page need, and in which order do they come?");
        Expect.that("The course's page reads only what belongs to the course", pages(plan) <= FEW_PAGES, "at most " + FEW_PAGES + " pages",
            pages(plan) + " pages", "Which column does the index begin with?");
    }

    @Test @Order(8) @Needs({"studentPage", "coursePage"}) @Hint(1) @DisplayName("there are no more indexes than these two")
    void noMoreIndexes(Clone clone) throws SQLException {
        var indexes = query(clone.app(), "select indexdef from pg_indexes where schemaname = 'app' and tablename = 'enrollments' order by indexdef")
            .values().stream().map(List::getFirst).toList();
        Expect.that("Indexes of app.enrollments", indexes.size() == 2, "two", indexes,
            "Each is paid for at every insert. Would a page become slower without it, even if it is used now?");
    }

    @Test @Order(9) @Needs("onlyWhole") @Hint(2) @DisplayName("the first click enrols, the second changes nothing")
    void enrols(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            Expect.equal("The first click of student 1 on course 301", true, enrol(connection, 1), "Was the student in the course before?");
            var first = enrolled(clone, 1);
            Expect.equal("Enrolments of student 1 in course 301", 1, first.values().size(), "The first click enrols.");
            Expect.equal("The second click", false, enrol(connection, 1), "Was the student in the course before?");
            Expect.table("Enrolments of student 1 in course 301, and their time, after the second click", first, enrolled(clone, 1), "It changes nothing.");
            Expect.sqlState("A student who does not exist", "23503", () -> enrol(connection, 99999), "Not every failure is a second click.");
        }
    }

    @Test @Order(10) @Needs("enrols") @Hint(2) @DisplayName("of two clicks at the same moment one enrols")
    void twoClicksAtOnce(Clone clone) throws Exception {
        for (var ending : List.of("commit", "rollback")) {
            try (var first = clone.app().connect(); var second = clone.app().connect()) {
                first.setAutoCommit(false);
                enrol(first, 2);
                var task = new FutureTask<>(() -> described(() -> enrol(second, 2)));
                var thread = Thread.ofPlatform().daemon().name("second click").unstarted(task);
                thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
                thread.start();
                waits(clone, task);
                if (ending.equals("rollback")) {
                    first.rollback();
                } else {
                    first.commit();
                }
                Expect.equal("The second of two clicks at the same moment, after the " + ending + " of the first",
                    ending.equals("commit") ? "false" : "true", Expect.within("The second click", PATIENCE, task::get),
                    "Between looking and inserting there is time for somebody else.");
                execute(clone.owner(), "delete from app.enrollments where student_id = 2 and course_id = 301");
            }
        }
    }

    @Test @Order(11) @Needs("enrols") @Hint(2) @DisplayName("a second click does not spoil its transaction")
    void doesNotSpoilTheTransaction(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            connection.setAutoCommit(false);
            enrol(connection, 3);
            Expect.works("Clicking twice, and the rest of the transaction", () -> {
                enrol(connection, 3);
                enrol(connection, 4);
                connection.commit();
            }, "After a statement that failed, PostgreSQL ignores what follows in the same transaction.");
            Expect.equal("Enrolments of student 4 afterwards", 1, enrolled(clone, 4).values().size(), "What follows is kept.");
        }
    }

    private static boolean enrol(Connection connection, long student) throws Exception {
        return Expect.within("Enrolling student " + student, PATIENCE, () -> new Enrollments(connection).enrol(student, 301));
    }

    private static String described(java.util.concurrent.Callable<Boolean> click) throws Exception {
        try {
            return String.valueOf(click.call());
        } catch (SQLException e) {
            return "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
        }
    }

    /** Returns when the second click waits for the first, or is over. */
    private static void waits(Clone clone, FutureTask<?> click) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!click.isDone() && System.nanoTime() < end) {
            if (!query(clone.observer(), "select from pg_stat_activity where datname = current_database() and usename = 'course_app' "
                    + "and wait_event_type = 'Lock'").values().isEmpty()) {
                return;
            }
            Thread.sleep(2);
        }
    }

    private static Rows enrolled(Clone clone, long student) throws SQLException {
        return query(clone.app(), "select enrolled_at from app.enrollments where course_id = 301 and student_id = " + student);
    }

    private static void refuses(Clone clone, String what, String state, String row) {
        Expect.sqlState(what, state, () -> execute(clone.app(), "insert into app.enrollments (student_id, course_id, enrolled_at) " + row),
            "Which constraint would say so?");
    }

    private static Output.Plan plan(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            return Plans.analyze(connection, sql);
        }
    }

    private static long pages(Output.Plan plan) {
        return plan.root().hit() + plan.root().read();
    }

    /** The types of all nodes, each once. */
    private static TreeSet<String> nodes(Output.Plan plan) {
        var types = new TreeSet<String>();
        collect(plan.root(), types);
        return types;
    }

    private static void collect(Output.Plan.Node node, TreeSet<String> types) {
        types.add(node.type());
        node.children().forEach(child -> collect(child, types));
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows query(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql);
        }
    }
}
