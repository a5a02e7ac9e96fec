import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.*;

/** The verifier is several tenants, each guessing at what the others have. */
class KeysThatTellNothingTest {
    private static final String CONTENT = "select 'project' as kind, p::text as row from app.projects p union all select 'task', t::text from app.tasks t";
    private static CatalogSnapshot before;
    private static CatalogSnapshot after;

    @Test @DisplayName("keys.sql runs, as the owner")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        Expect.works("keys.sql runs", () -> Sql.script(clone.owner(), answer.text("keys.sql")), "PostgreSQL's words name the place.");
        after = CatalogSnapshot.of(clone);
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("nothing is new but keys")
    @Promises("nothing-else")
    void nothingElse() {
        Expect.nothingElseChanged("What else is new, changed or gone", before, after, "Keys and their indexes.",
            "(new|gone|changed): constraint \\S+ on app\\.(projects|tasks)", "(new|gone|changed): index app\\.");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("strays are gone, and only they")
    @Promises("strays")
    void strays(Clone clone) throws SQLException {
        Expect.table("The rows", Rows.columns("kind", "row").row("project", "(1,alice,Garden)").row("project", "(2,alice,Kitchen)").row("project", "(3,bob,Merger)")
            .row("project", "(4,bob,Holidays)").row("project", "(5,carol,Empty)").row("task", "(1,alice,1,\"Plant trees\")").row("task", "(2,alice,1,\"Water them\")")
            .row("task", "(3,alice,2,Cook)").row("task", "(4,bob,3,\"Call lawyers\")").row("task", "(5,bob,4,\"Book a flight\")"),
            Sql.query(clone.owner(), CONTENT), "Which tasks have another tenant than their project?");
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("names are of their tenant")
    @Promises("names")
    void names(Clone clone) throws SQLException {
        gets(clone, "alice", "1", "insert into app.projects values (91, 'alice', 'Merger')");
        gets(clone, "alice", "1", "update app.projects set name = 'Merger' where id = 1");
        gets(clone, "bob", "1", "insert into app.projects values (91, 'bob', 'Garden')");
        gets(clone, "alice", "23505", "insert into app.projects values (91, 'alice', 'Garden')");
        gets(clone, "alice", "23505", "update app.projects set name = 'Garden' where id = 2");
        gets(clone, "alice", "1", "insert into app.projects values (91, 'alice', 'GARDEN')");
        gets(clone, "alice", "1", "insert into app.projects values (91, 'alice', 'Garden ')");
        var name = RandomData.create().word(2_000);
        Sql.execute(clone.owner(), "insert into app.projects values (90, 'alice', '" + name + "')");
        gets(clone, "alice", "1", "insert into app.projects values (91, 'alice', '" + name + "x')");
        gets(clone, "alice", "23505", "insert into app.projects values (91, 'alice', '" + name + "')");
        Sql.execute(clone.owner(), "delete from app.projects where id = 90");
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("ids are of their tenant")
    @Promises("ids")
    void ids(Clone clone) throws SQLException {
        gets(clone, "alice", "1", "insert into app.projects values (3, 'alice', 'Third')");
        gets(clone, "alice", "23505", "insert into app.projects values (2, 'alice', 'Third')");
        gets(clone, "alice", "1", "insert into app.tasks values (4, 'alice', 1, 'Fourth')");
        gets(clone, "alice", "23505", "insert into app.tasks values (1, 'alice', 2, 'First')");
        gets(clone, "bob", "1", "insert into app.tasks values (1, 'bob', 4, 'First')");
        gets(clone, "bob", "1", "insert into app.projects values (1, 'bob', 'First')");
        gets(clone, "bob", "23505", "insert into app.projects values (4, 'bob', 'First')");
        gets(clone, "carol", "1", "insert into app.tasks values (5, 'carol', 5, 'Fifth')");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("tasks are of their tenant's projects")
    @Promises("own-projects")
    void ownProjects(Clone clone) throws SQLException {
        for (var project : List.of(3, 4, 5, 77)) {
            gets(clone, "alice", "23503", "insert into app.tasks values (92, 'alice', " + project + ", 'Who is there?')");
            gets(clone, "alice", "23503", "update app.tasks set project_id = " + project + " where id = 3");
        }
        gets(clone, "alice", "1", "insert into app.tasks values (92, 'alice', 1, 'Mine')");
        gets(clone, "alice", "1", "update app.tasks set project_id = 1 where id = 3");
        gets(clone, "carol", "23503", "insert into app.tasks values (92, 'carol', 1, 'Who is there?')");
        gets(clone, "carol", "1", "insert into app.tasks values (92, 'carol', 5, 'Mine')");
    }

    @Test @Needs({"ids", "ownProjects"}) @Hint(2) @DisplayName("with a project its own tasks go")
    @Promises("deletes")
    void deletes(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "insert into app.projects values (1, 'bob', 'First'), (2, 'bob', 'Second'); insert into app.tasks values (93, 'bob', 1, 'Stays')");
        gets(clone, "alice", "1", "delete from app.projects where id = 1");
        try (var app = as(clone, "alice")) {
            Sql.execute(app, "delete from app.projects where id = 1");
            app.commit();
        }
        Expect.table("Tasks that are left when alice has deleted her project 1", Rows.columns("tenant", "id").row("alice", 3).row("bob", 4).row("bob", 5).row("bob", 93),
            Sql.query(clone.owner(), "select tenant, id from app.tasks"), "Whose tasks hang on it?");
    }

    /** The number of rows that are changed, or the SQLSTATE; nothing of it is kept. */
    private static void gets(Clone clone, String tenant, String expected, String sql) throws SQLException {
        String came;
        try (var app = as(clone, tenant); var statement = app.createStatement()) {
            came = String.valueOf(statement.executeUpdate(sql));
            Sql.execute(app, "set constraints all immediate");
            app.rollback();
        } catch (SQLException e) {
            came = e.getSQLState();
        }
        Expect.equal("What " + tenant + " gets for `" + sql + "`", expected(expected), expected(came), "What is in the key that decides this?");
    }

    private static String expected(String answer) {
        return answer.length() == 5 ? "SQLSTATE " + answer : answer + (answer.equals("1") ? " row" : " rows");
    }

    private static Connection as(Clone clone, String tenant) throws SQLException {
        var app = Sql.connect(clone.app());
        app.setAutoCommit(false);
        Rows.query(app, "select set_config('app.tenant', ?, true)", tenant);
        return app;
    }
}
