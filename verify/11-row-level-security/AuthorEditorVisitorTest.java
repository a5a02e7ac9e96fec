import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.*;

/** Everybody tries everything with every article; what should come of it, the verifier computes itself. Fred has left the staff. */
class AuthorEditorVisitorTest {
    private static final String PRIVILEGES = """
        select relname::text, relacl::text, relowner::regrole::text, relforcerowsecurity, reloptions::text,
          (select string_agg(format('%s %s', attname, attacl), ', ' order by attnum) from pg_attribute where attrelid = c.oid and attacl is not null)
        from pg_class c where relnamespace = 'app'::regnamespace and relkind in ('r', 'v') order by relname""";
    private static final String CONTENT = "select a::text from app.articles a union all select s::text from app.staff s";
    private static final List<String> STATES = List.of("draft", "published", "archived");
    private static CatalogSnapshot before;
    private static CatalogSnapshot after;
    private static Rows privileges;
    private static Rows content;
    private static final List<Article> ARTICLES = new ArrayList<>();

    /** An article, as the verifier knows it. */
    record Article(int id, String author, String state, boolean locked) {
        @Override public String toString() {
            return (author.isEmpty() ? "nobody" : author) + "'s " + (locked ? "locked " : "") + (state.equals("draft") ? "draft" : state + " article");
        }
    }

    @Test @DisplayName("policies.sql runs, as the owner")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        privileges = Sql.query(clone.owner(), PRIVILEGES);
        content = Sql.query(clone.owner(), CONTENT);
        ARTICLES.clear();
        for (var row : Sql.query(clone.owner(), "select id::text, author, state, locked::text from app.articles order by id").values()) {
            ARTICLES.add(new Article(Integer.parseInt(row.get(0).toString()), row.get(1).toString(), row.get(2).toString(), row.get(3).equals("true")));
        }
        Expect.works("policies.sql runs", () -> Sql.script(clone.owner(), answer.text("policies.sql")), "PostgreSQL's words name the place.");
        after = CatalogSnapshot.of(clone);
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("only policies and functions are new, and the owner works as before")
    @Promises("nothing-else")
    void nothingElse(Clone clone) throws SQLException {
        Expect.table("Who may do what", privileges, Sql.query(clone.owner(), PRIVILEGES), "Policies come on top of privileges; the owner is not forced.");
        Expect.table("The rows, as the owner sees them", content, Sql.query(clone.owner(), CONTENT), "They stay as they are, and the owner sees them all.");
        Expect.nothingElseChanged("What else is new, changed or gone", before, after, "Policies and functions.",
            "new: policy \\w+ on app\\.articles", "new: function ", "changed: table app\\.articles, was ");
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("visitors find what is published, and write nothing")
    @Promises("visitors")
    void visitors(Clone clone) throws SQLException {
        for (var name : List.of("fred", "vera", "", "EVE", "ann ")) {
            try (var app = as(clone, name)) {
                finds(app, who(name), article -> article.state().equals("published"));
                for (var article : ARTICLES) {
                    gets(app, who(name), "update of the title of " + article, "0", "update app.articles set title = 'x' where id = " + article.id());
                    gets(app, who(name), "delete of " + article, "0", "delete from app.articles where id = " + article.id());
                }
                for (var state : STATES) {
                    gets(app, who(name), "insert of an article, " + state + ", in the name of " + who(name), "42501", insert(name, state, false));
                    gets(app, who(name), "insert of an article, " + state + ", in the name of ann", "42501", insert("ann", state, false));
                }
                gets(app, who(name), "update without a where", "0", "update app.articles set title = 'x'");
                gets(app, who(name), "delete without a where", "0", "delete from app.articles");
            }
        }
        try (var app = Sql.connect(clone.app())) {
            finds(app, "somebody who never had a name", article -> article.state().equals("published"));
            Rows.query(app, "select set_config('app.user', 'eve', false)");
            Sql.execute(app, "reset app.\"user\"");
            finds(app, "somebody whose name was reset", article -> article.state().equals("published"));
        }
    }

    @Test @Needs("visitors") @Hint(1) @DisplayName("authors find what is published and their own")
    @Promises("authors-read")
    void authorsRead(Clone clone) throws SQLException {
        for (var name : List.of("ann", "bob")) {
            try (var app = as(clone, name)) {
                finds(app, name, article -> article.state().equals("published") || article.author().equals(name));
            }
        }
        newcomer(clone, "author", app -> finds(app, "zoe, a new author", article -> article.state().equals("published")));
    }

    @Test @Needs("authorsRead") @Hint(2) @DisplayName("authors make, change and delete their own drafts, and nothing else")
    @Promises("authors-write")
    void authorsWrite(Clone clone) throws SQLException {
        for (var name : List.of("ann", "bob")) {
            try (var app = as(clone, name)) {
                for (var author : List.of("ann", "bob", "eve", "fred", "")) {
                    for (var state : STATES) {
                        gets(app, name, "insert of an article, " + state + ", in the name of " + who(author),
                            author.equals(name) && state.equals("draft") ? "1" : "42501", insert(author, state, false));
                    }
                }
                gets(app, name, "insert of a draft with returning", "1", insert(name, "draft", false) + " returning title");
                for (var article : ARTICLES) {
                    if (!article.locked()) {
                        var own = article.author().equals(name) && article.state().equals("draft") ? "1" : "0";
                        gets(app, name, "update of the title of " + article, own, "update app.articles set title = 'x' where id = " + article.id());
                        gets(app, name, "delete of " + article, own, "delete from app.articles where id = " + article.id());
                        if (own.equals("0")) {
                            gets(app, name, "update that makes " + article + " a draft of " + name, "0",
                                "update app.articles set state = 'draft', author = '" + name + "' where id = " + article.id());
                        }
                    }
                }
                gets(app, name, "update without a where", "1", "update app.articles set title = 'x'");
            }
        }
    }

    @Test @Needs("authorsRead") @Hint(2) @DisplayName("authors neither publish alone nor give a draft away")
    @Promises("not-published-alone")
    void notPublishedAlone(Clone clone) throws SQLException {
        for (var name : List.of("ann", "bob")) {
            try (var app = as(clone, name)) {
                for (var article : ARTICLES) {
                    if (article.author().equals(name) && article.state().equals("draft") && !article.locked()) {
                        for (var state : List.of("published", "archived")) {
                            gets(app, name, "update of " + article + " to " + state, "42501", "update app.articles set state = '" + state + "' where id = " + article.id());
                        }
                        for (var other : List.of(name.equals("ann") ? "bob" : "ann", "eve", "fred")) {
                            gets(app, name, "update that gives " + article + " to " + other, "42501", "update app.articles set author = '" + other + "' where id = " + article.id());
                        }
                    }
                }
            }
        }
    }

    @Test @Needs("visitors") @Hint(1) @DisplayName("editors find and change all, and make and delete none")
    @Promises("editors")
    void editors(Clone clone) throws SQLException {
        try (var app = as(clone, "eve")) {
            edits(app, "eve");
        }
        newcomer(clone, "editor", app -> edits(app, "zoe, a new editor"));
    }

    private static void edits(Connection app, String name) throws SQLException {
        finds(app, name, article -> true);
        gets(app, name, "delete without a where", "0", "delete from app.articles");
        for (var article : ARTICLES) {
            gets(app, name, "delete of " + article, "0", "delete from app.articles where id = " + article.id());
            if (!article.locked()) {
                gets(app, name, "update of the title of " + article, "1", "update app.articles set title = 'x' where id = " + article.id());
                for (var state : STATES) {
                    gets(app, name, "update of " + article + " to " + state, "1", "update app.articles set state = '" + state + "' where id = " + article.id());
                }
                gets(app, name, "update that gives " + article + " to bob", "1", "update app.articles set author = 'bob' where id = " + article.id());
            }
        }
        for (var author : List.of("ann", "eve", "zoe")) {
            for (var state : STATES) {
                gets(app, name, "insert of an article, " + state + ", in the name of " + author, "42501", insert(author, state, false));
            }
        }
    }

    @Test @Needs("visitors") @Hint(1) @DisplayName("what is locked stays as it is, and nobody locks")
    @Promises("locked")
    void locked(Clone clone) throws SQLException {
        for (var name : List.of("ann", "bob", "eve", "vera")) {
            try (var app = as(clone, name)) {
                for (var article : ARTICLES) {
                    if (article.locked()) {
                        for (var change : List.of("title = 'x'", "locked = false", "state = 'published', locked = false")) {
                            gets(app, name, "update of " + article + ", set " + change, "0", "update app.articles set " + change + " where id = " + article.id());
                        }
                        gets(app, name, "delete of " + article, "0", "delete from app.articles where id = " + article.id());
                    } else {
                        var may = name.equals("eve") || article.author().equals(name) && article.state().equals("draft");
                        gets(app, name, "update that locks " + article, may ? "42501" : "0", "update app.articles set locked = true where id = " + article.id());
                    }
                }
                gets(app, name, "insert of a locked draft", "42501", insert(name, "draft", true));
            }
        }
    }

    @Test @Needs("locked") @Hint(2) @DisplayName("authors delete their own drafts, also where the statement reads nothing")
    @Promises("authors-write")
    void deletesWithoutReading(Clone clone) throws SQLException {
        for (var name : List.of("ann", "bob")) {
            try (var app = as(clone, name)) {
                gets(app, name, "delete without a where", "1", "delete from app.articles");
            }
        }
    }

    @Test @Needs("locked") @Hint(2) @DisplayName("what a new row may be is the same where the statement reads nothing")
    @Promises({"not-published-alone", "locked", "editors"})
    void changesWithoutReading(Clone clone) throws SQLException {
        for (var name : List.of("ann", "bob")) {
            try (var app = as(clone, name)) {
                for (var change : List.of("author = 'eve'", "author = 'fred'", "state = 'published'", "state = 'archived'", "locked = true")) {
                    gets(app, name, "update without a where, set " + change, "42501", "update app.articles set " + change);
                }
            }
        }
        try (var app = as(clone, "eve")) {
            gets(app, "eve", "update without a where, set locked = true", "42501", "update app.articles set locked = true");
            for (var change : List.of("author = 'bob'", "state = 'archived'")) {
                gets(app, "eve", "update without a where, set " + change, String.valueOf(ARTICLES.stream().filter(article -> !article.locked()).count()), "update app.articles set " + change);
            }
        }
    }

    private interface Reads {
        boolean finds(Article article);
    }

    private interface Work {
        void run(Connection app) throws SQLException;
    }

    private static void finds(Connection app, String who, Reads expected) {
        Expect.works("Reading articles as " + who, () -> {
            var found = Rows.query(app, "select id::text from app.articles").values().stream().map(List::getFirst).toList();
            for (var article : ARTICLES) {
                Expect.equal("Whether " + who + " finds " + article, expected.finds(article), found.contains(String.valueOf(article.id())), "Which policies for select are there, and for whom?");
            }
        }, "What does current_setting say of a setting that is not there?");
    }

    /** The number of rows, or the SQLSTATE; nothing of it is kept. */
    private static void gets(Connection app, String who, String what, String expected, String sql) throws SQLException {
        var autocommit = app.getAutoCommit();
        app.setAutoCommit(false);
        var savepoint = app.setSavepoint();
        String came;
        try (var statement = app.createStatement()) {
            if (statement.execute(sql)) {
                came = String.valueOf(Rows.of(statement.getResultSet()).values().size());
            } else {
                came = String.valueOf(statement.getUpdateCount());
            }
        } catch (SQLException e) {
            came = e.getSQLState();
        }
        app.rollback(savepoint);
        app.setAutoCommit(autocommit);
        Expect.equal("What " + who + " gets for an " + what.replaceFirst("^delete", "attempt to delete").replace("delete of", "delete"), expected(expected), expected(came),
            "Which policies of this command are joined by or, and what is a new row checked with?");
    }

    private static String expected(String answer) {
        return answer.length() == 5 ? "SQLSTATE " + answer : answer + (answer.equals("1") ? " row" : " rows");
    }

    private static String insert(String author, String state, boolean locked) {
        return "insert into app.articles values (900, '" + author + "', 'New', '" + state + "', " + locked + ")";
    }

    private static String who(String name) {
        return name.isEmpty() ? "nobody" : name;
    }

    /** Zoe joins the staff, works, and leaves. */
    private static void newcomer(Clone clone, String role, Work work) throws SQLException {
        Sql.execute(clone.owner(), "insert into app.staff values ('zoe', '" + role + "')");
        try (var app = as(clone, "zoe")) {
            work.run(app);
        } finally {
            Sql.execute(clone.owner(), "delete from app.staff where user_name = 'zoe'");
        }
    }

    /** A connection in a transaction that names its user. */
    private static Connection as(Clone clone, String user) throws SQLException {
        var app = Sql.connect(clone.app());
        app.setAutoCommit(false);
        Rows.query(app, "select set_config('app.user', ?, true)", user);
        return app;
    }
}
