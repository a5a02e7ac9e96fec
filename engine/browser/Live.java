package browser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kernel.Failures;
import kernel.Output;
import kernel.SqlRunner;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.cell.Witness;
import lab.Database;
import lab.Lab;
import lab.Login;
import lab.Progress;
import lab.Renewal;
import lesson.Lesson;
import script.Migrations;

/** What the cells of an open lesson run on: a server with the lesson's database, and the two kernels. */
final class Live implements AutoCloseable {
    private final Lab lab;
    private final Renewal renewal;
    private final Map<String, Connection> sessions = new HashMap<>();

    private Live(Lab lab) {
        this.lab = lab;
        this.renewal = Renewal.of(lab);
    }

    /** Takes as long as a server takes to start. */
    static Live open(Lesson lesson, String db, Progress progress) {
        return new Live(Lab.open(db, Migrations.before(lesson), progress));
    }

    String version() {
        return lab.server().describe();
    }

    Database database() {
        return lab.lessonDatabase();
    }

    Ending run(Cell cell, Witness witness) throws InterruptedException {
        return switch (cell.language()) {
            case SQL -> sql(cell, witness);
            case JAVA, SHELL -> {
                witness.shown(new Output.Skipped("cells in " + cell.language().word() + " do not run here yet"));
                yield new Ending.Done();
            }
        };
    }

    private Ending sql(Cell cell, Witness witness) {
        try {
            SqlRunner.run(session(cell), cell.source()).forEach(witness::shown);
            return new Ending.Done();
        } catch (SQLException e) {
            witness.shown(Failures.of(e, cell.source()));
            return Optional.ofNullable(e.getSQLState()).orElse("").equals(cell.sqlState()) ? new Ending.Done() : new Ending.Failed(0);
        }
    }

    private synchronized Connection session(Cell cell) throws SQLException {
        var name = cell.session() + "/" + cell.role();
        var known = sessions.get(name);
        if (known == null || known.isClosed()) {
            known = login(cell.role()).connect();
            sessions.put(name, known);
        }
        return known;
    }

    private Login login(String role) {
        return switch (role) {
            case "owner" -> database().owner();
            case "admin" -> database().admin();
            default -> database().app();
        };
    }

    /** A new database in the place of the old one, and kernels that know of nothing. */
    void renew() {
        renewal.renew();
    }

    boolean answers() {
        return renewal.answers();
    }

    @Override public void close() {
        lab.close();
    }
}
