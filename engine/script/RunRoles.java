package script;

import java.sql.Connection;
import java.sql.SQLException;
import lab.Login;
import lab.os.Passwords;

/** Roles of one run. They belong to the whole server, so their names begin with that of the run's own database. */
final class RunRoles {
    private RunRoles() { }

    static Login create(String purpose) throws SQLException {
        var run = LessonRun.current();
        var admin = run.database().admin();
        var name = run.database().name() + "_" + purpose;
        var password = Passwords.secret();
        try (var connection = admin.connect()) {
            drop(connection, name);
            execute(connection, "create role " + name + " login password '" + password + "'");
            // Who is no superuser must be a member to drop what the role has.
            execute(connection, "do $$ begin if not pg_has_role('" + name + "', 'usage') then grant " + name + " to current_user; end if; end $$");
        }
        run.closing(() -> {
            try (var connection = admin.connect()) {
                drop(connection, name);
            }
        });
        return new Login(admin.url(), name, password);
    }

    /** With what it owns and was granted in the lesson's database. */
    private static void drop(Connection admin, String name) throws SQLException {
        execute(admin, "do $$ begin if to_regrole('" + name + "') is not null then drop owned by " + name + " cascade; end if; end $$");
        execute(admin, "drop role if exists " + name);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
