package script;

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
        drop(admin, name);
        Queries.execute(admin, "create role " + name + " login password '" + password + "'");
        // Who is no superuser must be a member to drop what the role has.
        Queries.execute(admin, "do $$ begin if not pg_has_role('" + name + "', 'usage') then grant " + name + " to current_user; end if; end $$");
        run.closing(() -> drop(admin, name));
        return new Login(admin.url(), name, password);
    }

    /** With what it owns and was granted in the lesson's database. */
    private static void drop(Login admin, String name) throws SQLException {
        Queries.execute(admin, "do $$ begin if to_regrole('" + name + "') is not null then drop owned by " + name + " cascade; end if; end $$");
        Queries.execute(admin, "drop role if exists " + name);
    }
}
