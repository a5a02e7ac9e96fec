package script;

import java.sql.SQLException;
import kernel.output.Failures;
import kernel.output.PlanJson;
import kernel.output.RoutineSources;
import kernel.sql.SqlRunner;
import kernel.sql.syntax.StatementText;
import lab.Login;
import lesson.Program;

/** Steps whose program is SQL. */
final class SqlSteps {
    private SqlSteps() { }

    /** Sends one statement after the other, as psql and the notebook do, and shows what each gives. */
    static void run(Login as, String tagged) throws SQLException {
        try (var connection = as.connect()) {
            for (var statement : StatementText.of(Program.untagged(tagged))) {
                SqlRunner.run(connection, statement.text(), output -> LessonRun.current().show(PlanJson.titled(output, statement.remark())));
            }
        }
    }

    /** Shows what every statement gives, and the failure with this SQLSTATE that one of them must end in. */
    static void fails(Login as, String sqlState, String tagged) throws SQLException {
        var claim = "PostgreSQL refuses with SQLSTATE " + sqlState;
        try {
            run(as, tagged);
        } catch (SQLException e) {
            LessonRun.current().show(RoutineSources.of(as).told(Failures.of(e, Program.untagged(tagged))));
            Claims.expect(claim, sqlState, e.getSQLState());
            return;
        }
        throw new LessonFailed(claim, "it accepted the statement");
    }
}
