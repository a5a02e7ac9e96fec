package script;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.PlanReading;
import kernel.output.Plans;
import lab.Database;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import lab.redis.Redis;
import lab.tls.ServerTls;

/**
 * The vocabulary of a lesson's program, for {@code import static script.Script.*}. Everything here announces, connects,
 * shows and checks; the code that the lesson teaches is plain JDBC, HikariCP and Flyway. The book's page of words is made
 * of these docstrings and headings.
 */
public final class Script {
    private Script() { }

    // ---- steps

    /** The first statement of a lesson. Started without the course around it, it starts the course first. */
    public static void begin(String lesson, String... args) {
        if (!LessonRun.isRunning()) {
            CourseLauncher.toCourse(lesson, args);
        }
    }

    /** Announces a step. Its region follows in the program, between the marks {@code tag::id[]} and {@code end::id[]}. */
    public static void step(String id) {
        LessonRun.current().enter(id);
    }

    /** A step of pure SQL, run as the app; shows what every statement gives. */
    public static void sql(String step, String text) throws SQLException {
        step(step);
        SqlSteps.run(app(), text);
    }

    /** A step of pure SQL, run as somebody in particular. */
    public static void sql(String step, Login as, String text) throws SQLException {
        step(step);
        SqlSteps.run(as, text);
    }

    /** A step of SQL that must fail with the given SQLSTATE; the failure is the lesson. */
    public static void sqlFails(String step, Login as, String sqlState, String text) throws SQLException {
        step(step);
        SqlSteps.fails(as, sqlState, text);
    }

    /**
     * A step of shell, run as the superuser of a small server of its own, which the client tools find by themselves. Shows what the
     * script prints; it ends at the first command that fails. Where there are no client tools that fit, says so.
     *
     * @return what it printed; empty where it was skipped
     */
    public static Optional<String> shell(String step, String script) {
        step(step);
        return ShellSteps.run(script);
    }

    // ---- connecting

    /** The app role on the lesson's database. */
    public static Login app() {
        return database().app();
    }

    /** The role that owns the lesson's database and runs its migrations. */
    public static Login owner() {
        return database().owner();
    }

    /** The superuser, for what only a superuser sees. Lessons say so when they use it. */
    public static Login admin() {
        return database().admin();
    }

    /** The JDBC URL of the lesson's database. */
    public static String url() {
        return app().url();
    }

    /** The name of the app role. */
    public static String user() {
        return app().user();
    }

    /** The password of the app role. */
    public static String password() {
        return app().password();
    }

    /** The lesson's database. */
    public static Database database() {
        return LessonRun.current().database();
    }

    /** A new empty database of this run, dropped at its end. */
    public static Database newDatabase(String purpose) throws SQLException {
        return Resources.database(purpose);
    }

    /**
     * A PgBouncer in transaction mode in front of the lesson's database, as the app reaches it. Only a lab in Docker can
     * give one; where it cannot, says why, so that nothing is skipped silently.
     *
     * @param settings of pgbouncer.ini
     */
    public static Optional<Login> pgBouncer(Map<String, String> settings) {
        return Resources.pgBouncer(settings);
    }

    /**
     * The same login through a network that is farther away: each exchange of question and answer takes that much longer,
     * however much is sent at once.
     */
    public static Login slow(Login login, Duration roundTrip) {
        return Resources.slow(login, roundTrip);
    }

    /** A real Redis of this run, empty, stopped at its end. */
    public static Redis redis() {
        return Resources.redis();
    }

    /** Clusters of the lesson's own, to be configured, broken and restored; stopped and removed at its end. */
    public static OwnClusters clusters() {
        return LessonRun.current().clusters();
    }

    /**
     * A role of this run that may log in, without any privileges; dropped at its end, with what it has. An earlier one of the same
     * purpose goes first. On a server that others use its name is no other run's.
     *
     * @param purpose completes its name, {@code course_lesson_reader}
     */
    public static Login newRole(String purpose) throws SQLException {
        return RunRoles.create(purpose);
    }

    /**
     * TLS in the lesson's server, with a certificate of an authority of this run. Where others use the server as well, says
     * why not, so that nothing is skipped silently.
     */
    public static Optional<ServerTls> tls() {
        return Resources.tls();
    }

    /** An empty folder of this run, removed at its end: for migration files, for example. */
    public static Path folder(String name) {
        return Resources.folder(name);
    }

    /**
     * A program in Java beside the lesson, started as a process of its own; returns at once. An earlier one of the same name is killed
     * first: a cell that runs again does not ask the process of its first run.
     *
     * @param name        for whom asks which
     * @param main        the file of its main class, in the folder of the lesson; what it uses of its own folder is compiled with it. One
     *                    that has lines {@code //DEPS} runs on those libraries, and not on the course's
     * @param environment what it is told, besides what this process was told
     */
    public static JavaProcess program(String name, String main, Map<String, String> environment) {
        return LessonRun.current().program(name, main, environment);
    }

    /** Closes {@code resource} when the lesson ends. */
    public static <T extends AutoCloseable> T closing(T resource) {
        return LessonRun.current().closing(resource);
    }

    /**
     * Runs the lesson's own migrations, as the owner: what they make is what the next lesson begins with.
     *
     * @return the files that ran, in order
     */
    public static Output.Table migrate() throws SQLException {
        return Migrations.run(LessonRun.current().lesson(), owner());
    }

    // ---- querying

    /** The result of a query run as the app. */
    public static Output.Table query(String sql, Object... parameters) throws SQLException {
        return Queries.table(app(), sql, parameters);
    }

    /** The result of a query run as somebody in particular. */
    public static Output.Table queryAs(Login login, String sql, Object... parameters) throws SQLException {
        return Queries.table(login, sql, parameters);
    }

    /** The first column of the first row, as the app sees it. Numbers come as {@code long} or {@code double}. */
    public static <T> T value(Class<T> type, String sql, Object... parameters) throws SQLException {
        return Queries.value(app(), type, sql, parameters);
    }

    /** The same, as somebody in particular sees it. */
    public static <T> T valueAs(Login login, Class<T> type, String sql, Object... parameters) throws SQLException {
        return Queries.value(login, type, sql, parameters);
    }

    /** The number that a query gives on a cluster of the lesson's own, as its superuser sees it. */
    public static long number(OwnCluster cluster, String sql) throws SQLException {
        return valueAs(cluster.admin(), Long.class, sql);
    }

    /** Runs statements without showing anything. */
    public static void execute(Login login, String sql) throws SQLException {
        Queries.execute(login, sql);
    }

    /** The size of a table or an index in kilobytes. */
    public static long kilobytes(String relation) throws SQLException {
        return value(Long.class, "select pg_relation_size(?::text::regclass) / 1024", relation);
    }

    /** The payloads of the notifications that have arrived on a connection, or begin to arrive within so many milliseconds. */
    public static List<String> notifications(Connection connection, int milliseconds) throws SQLException {
        return Queries.notifications(connection, milliseconds);
    }

    /** The server's major version, 18. */
    public static int version() {
        return LessonRun.current().lab().server().major();
    }

    /** Whether the server is at least that old; where it is not, says so, so that nothing is skipped silently. */
    public static boolean since(int major, String what) {
        if (version() < major) {
            skipped(what + " needs PostgreSQL " + major + "; this is " + version());
        }
        return version() >= major;
    }

    // ---- reading plans

    /** The plan of a query, executed as the app. */
    public static Output.Plan plan(String sql, Object... parameters) throws SQLException {
        return PlanQueries.plan(app(), sql, parameters);
    }

    /** The plan of a query, executed on a connection with what is set and prepared there. */
    public static Output.Plan plan(Connection connection, String sql, Object... parameters) throws SQLException {
        return Plans.analyze(connection, sql, parameters);
    }

    /** The plan of a query after statements of the owner that are rolled back: what if this index were not there? */
    public static Output.Plan planAfter(String statements, String sql) throws SQLException {
        return PlanQueries.planAfter(owner(), statements, sql);
    }

    /** All nodes of a plan, each before those below it. The last one reads the table or the index of the last branch. */
    public static List<Output.Plan.Node> nodes(Output.Plan plan) {
        return PlanQueries.nodes(plan);
    }

    /** Whether a plan has a node of this type, "Sort" for example. */
    public static boolean has(Output.Plan plan, String type) {
        return PlanQueries.has(plan, type);
    }

    /** The pages of 8 kB that a plan looked at, in memory or not. */
    public static long buffers(Output.Plan plan) {
        return PlanReading.buffers(plan.root());
    }

    // ---- showing

    /** Shows anything: an {@link Output}, a result set, a list of records, a failure, or text. */
    public static void show(Object value) {
        LessonRun.current().show(OutputFactory.output(value));
    }

    /** Shows log lines that a library wrote since the lesson began and that contain {@code text}. */
    public static void showLog(String source, String text) {
        showLog(source, logLines(text));
    }

    /** Shows lines of a log. */
    public static void showLog(String source, List<String> lines) {
        show(new Output.Log(source, lines));
    }

    /** Says what cannot be shown on this server and why, so that nothing is skipped silently. */
    public static void skipped(String why) {
        show(new Output.Skipped(why));
    }

    /** The lines that libraries have logged and that contain {@code text}. */
    public static List<String> logLines(String text) {
        return LogLines.containing(text);
    }

    /**
     * What the server wrote into its log while the work ran. Where the lab cannot read that log, says why, so that nothing is
     * skipped silently; the work has run all the same.
     */
    public static Optional<List<String>> serverLog(Work work) throws Exception {
        return ServerLogLines.during(work);
    }

    // ---- measuring

    /** Work that a lesson measures, or expects to fail. */
    public interface Work {
        void run() throws Exception;
    }

    /** Milliseconds that the work takes, the median of {@code times} runs. */
    public static double median(int times, Work work) throws Exception {
        return Measuring.median(times, work);
    }

    /** Milliseconds that the work takes once. */
    public static double time(Work work) throws Exception {
        return Measuring.time(work);
    }

    /** Two durations and what they come to: "pooled is 130 times faster". */
    public static Output.Comparison compare(String a, double msA, String b, double msB) {
        return Measuring.compare(a, msA, b, msB);
    }

    /** Several figures of one unit, with a sentence of the lesson's own. */
    public static Output.Comparison compare(String title, String unit, Map<String, ? extends Number> figures, String sentence) {
        return Measuring.compare(title, unit, figures, sentence);
    }

    /** One or more series over the same categories. */
    public static Output.Chart chart(String title, String unit, List<?> categories, Map<String, ? extends List<? extends Number>> series) {
        return Measuring.chart(title, unit, categories, series);
    }

    // ---- several sessions

    /** A named session of its own, as the app. Closed at the end of the lesson. */
    public static Session session(String name) throws SQLException {
        return session(name, app());
    }

    /**
     * A named session of its own, as somebody in particular. An earlier one of the same name is closed: a cell that runs again does
     * not wait for the locks of its first run.
     */
    public static Session session(String name, Login login) throws SQLException {
        return LessonRun.current().session(name, login);
    }

    /** The sessions side by side in time, from their first statement on. */
    public static Output.Lanes lanes(Session... sessions) {
        return SessionLanes.of(List.of(sessions));
    }

    // ---- checking

    /** Work that must fail. The failure is returned, to be shown. */
    public static Exception fails(Work work) {
        return Claims.fails(work);
    }

    /** How the work ended: "accepted", or the SQLSTATE of its failure. A failure that has none is thrown. */
    public static String outcome(Work work) {
        return Claims.outcome(work);
    }

    /** The SQLSTATE of a failure, however deep in the chain of causes; empty where PostgreSQL has no part in it. */
    public static String sqlState(Throwable failure) {
        return Failures.sqlState(failure);
    }

    /** A claim of the lesson. When it does not hold, the lesson ends with exit code 1. */
    public static void expect(String claim, boolean holds) {
        Claims.expect(claim, holds);
    }

    /** A claim about a value. */
    public static <T> void expect(String claim, T expected, T actual) {
        Claims.expect(claim, expected, actual);
    }

    /** A claim about a value of which only a property is certain, a ratio for example. */
    public static <T> void expect(String claim, T actual, Predicate<T> holds) {
        Claims.expect(claim, actual, holds);
    }

    /** Waits until something is so, ten seconds at most. */
    public static void await(String what, java.util.concurrent.Callable<Boolean> condition) throws Exception {
        Claims.await(what, condition);
    }
}
