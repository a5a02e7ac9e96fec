package grading.host;

import grading.Clone;
import grading.PostgresPrograms;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lab.Database;
import lab.Lab;
import lab.LabException;
import lab.Login;
import lab.Progress;
import lab.Roles;
import lab.Versions;
import lab.cluster.OwnClusters;
import lab.net.LostServer;
import lab.provider.Providers;
import lab.redis.Redis;
import lesson.Exercise;
import timing.Phases;

/** The server that answers are judged on: a template database for each exercise, clones of it, and a role that may observe them. */
final class GradingServer implements AutoCloseable {
    private static final String OBSERVER = "course_observer_";
    private static final Duration CLOCKS = Duration.ofSeconds(1); // by which that of a container may be ahead
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private final Lab lab;
    private final Progress progress;
    private final Connection admin;
    private final Login observer;
    private final String version;
    private final Templates templates;

    private GradingServer(Lab lab, Progress progress) throws SQLException {
        this.lab = lab;
        this.progress = progress;
        admin = lab.server().admin().connect();
        version = admin.unwrap(org.postgresql.jdbc.PgConnection.class).getDBVersionNumber();
        hashOnce();
        lab.databases().preferMemory();
        templates = new Templates(progress, lab.databases());
        observer = createObserver();
        closeOthers();
    }

    /**
     * As in every lab, one round of hashing for a random password: 4096 rounds were two thirds of the time of checks, which
     * connect again and again. PostgreSQL 15 has no such setting.
     */
    private void hashOnce() throws SQLException {
        execute("select set_config(name, '1', false) from pg_settings where name = 'scram_iterations'");
    }

    /** A role of its own for this run; the owner instead where the lab may not grant what an observer needs. */
    private Login createObserver() throws SQLException {
        var random = new byte[16];
        new SecureRandom().nextBytes(random);
        var role = OBSERVER + HexFormat.of().formatHex(random, 0, 4);
        var password = HexFormat.of().formatHex(random);
        try {
            execute("create role " + role + " login password '" + password + "' in role pg_monitor, pg_signal_backend");
            return new Login(lab.server().admin().url(), role, password);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return lab.lessonDatabase().owner();
            }
            throw e;
        }
    }

    /** An answer finds no database but its own: not even an empty one, by whose use it could keep others from being made. */
    private void closeOthers() throws SQLException {
        if (!lab.server().isShared()) {
            var lesson = lab.lessonDatabase().name();
            execute("alter database " + lesson + " owner to current_user; revoke connect on database " + lesson + ", postgres, template1 from public; "
                + "grant connect on database " + lesson + " to " + observer.user());
        }
    }

    /** @throws LabException where there is no server, or it does not let us prepare */
    static GradingServer open(String db, Progress progress) {
        var lab = Providers.open(db, progress);
        Phases.note("lab");
        try {
            return new GradingServer(lab, progress);
        } catch (SQLException e) {
            lab.close();
            throw new LabException("the server does not let the lab prepare: " + e.getMessage(), e);
        }
    }

    /** The server's version, "18.6". */
    String version() {
        return version;
    }

    /** A new database for a verification of this exercise. */
    Database take(Exercise exercise) throws SQLException {
        var clone = lab.databases().clone(templates.of(exercise));
        Phases.note("cloned");
        return clone;
    }

    /** Nobody connects to it any more, before it is opened again: a clone that waits is no business of an answer before its own. */
    void shut(Database database) throws SQLException {
        lab.databases().shut(database);
    }

    /** Whoever has its logins connects. */
    void open(Database database) throws SQLException {
        lab.databases().open(database);
    }

    /** A login to a database that no answer is judged on. */
    Login otherDatabase() {
        return observer.on(lab.lessonDatabase().name());
    }

    /** Logins to a database of ours, for applications, migrations and observers. */
    Clone logins(Database database) {
        return new Clone(database.app(), database.owner(), observer.on(database.name()));
    }

    /** A new Redis, of the same provider as the server. The caller closes it. */
    Redis redis() {
        return Redis.beside(lab.server(), Progress.SILENT);
    }

    /** PostgreSQL's programs on this machine, of the server's release where the course has it; fetched if they are not there yet. */
    PostgresPrograms programs() {
        try {
            return PostgresPrograms.of(OwnClusters.embeddedPrograms(Math.clamp(lab.server().major(), Versions.OLDEST, Versions.DEFAULT), progress));
        } catch (LabException e) {
            return PostgresPrograms.none(e.getMessage());
        }
    }

    /** What the server has logged since then; empty where the lab can never read its log. @throws LabException where it cannot be read now */
    Optional<List<String>> log(Instant since) {
        var log = lab.server().log();
        return log.reasonUnreadable().isPresent() ? Optional.empty() : Optional.of(log.between(since, Instant.now().plus(CLOCKS)));
    }

    /** Drops a clone, and undoes what the answer may have done to its roles: another password, settings of their own. */
    synchronized void giveBack(Database database) throws SQLException {
        lab.databases().drop(database);
        var roles = lab.server().roles();
        repair(Roles.OWNER, roles.ownerPassword());
        repair(Roles.APP, roles.appPassword());
    }

    private void repair(String role, String password) throws SQLException {
        execute("alter role " + role + " with login password '" + password + "' valid until 'infinity'");
        execute("alter role " + role + " reset all");
    }

    /** Whether the database is still there; an answer may have dropped it. */
    synchronized boolean exists(Database database) throws SQLException {
        try (var statement = admin.prepareStatement("select from pg_database where datname = ?")) {
            statement.setString(1, database.name());
            try (var result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    /** Why nothing can be judged, where the server is gone or says nothing any more; then it is stopped, and whoever waits for it hears so. */
    Optional<String> reasonLost() {
        var lost = LostServer.sentence(lab.server(), "verify again");
        if (lost.isPresent() && !lab.server().isShared()) {
            lab.server().close();
        }
        return lost;
    }

    private synchronized void execute(String sql) throws SQLException {
        try (var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override public void close() {
        try (lab) {
            if (observer.user().startsWith(OBSERVER)) {
                execute("drop role if exists " + observer.user());
            }
            admin.close();
        } catch (SQLException e) {
            throw new LabException("could not remove the role " + observer.user() + ": " + e.getMessage(), e);
        }
    }
}
