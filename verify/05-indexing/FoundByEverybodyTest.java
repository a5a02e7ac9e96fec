import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;

/** What people type, and what they must find. The cost is read from the plan as JSON. */
class FoundByEverybodyTest {
    /** In none of them is a word. */
    private static final List<String> SIGNS = List.of("!!!", "?", "&", "|", "***", "(", ")", "<->", ":*", "'", "-", "--", "%", "$$", "#", "=", "+");

    /** An article that a check has made up: the words of its title, one between, and the words of its body. */
    private record Made(int id, List<String> words) {
        boolean has(String... phrase) {
            return Collections.indexOfSubList(words, List.of(phrase)) >= 0;
        }
    }

    @Test @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        Sql.execute(clone.owner(), "vacuum analyze app.articles");
    }

    @Test @Needs("runs") @Hint(1) @Promises("finds-forms") @DisplayName("a word is found in any form, with and without a body")
    void findsForms(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            finds(app, answer, "running", "Running a marathon", "Running shoes", "On feet");
            finds(app, answer, "TEAPOT", "Teapots");
            finds(app, answer, "lids", "Teapots");
            Expect.equal("How many articles are found by: noisy", 10_000, search(app, answer, "noisy").values().size(), "Each second article has it in its body.");
        }
    }

    @Test @Needs("findsForms") @Hint(1) @Promises("finds-forms") @DisplayName("also in a session of another language")
    void findsFormsInAnyLanguage(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var language : List.of("simple", "german")) {
                Sql.execute(app, "set default_text_search_config = 'pg_catalog." + language + "'");
                for (var word : List.of("running", "runs")) {
                    var found = titles(app, answer, word);
                    Expect.equal("Articles found by " + word + ", where default_text_search_config is " + language, 3, found.size(), "Whose language are the articles in? Who says so to the query?");
                }
            }
        }
    }

    @Test @Needs("findsForms") @Hint(2) @Promises("at-once") @DisplayName("new and changed articles are found at once")
    void followsChanges(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Sql.execute(app, "insert into app.articles (id, title, body) values (40001, 'The zeppelin', null), (40002, 'Kites', 'No zeppelin')");
            finds(app, answer, "zeppelin", "The zeppelin", "Kites");
            Sql.execute(app, "update app.articles set body = 'Like a zeppelin' where id = 30001; update app.articles set body = null where id = 40002");
            finds(app, answer, "zeppelins", "The zeppelin", "On feet");
            Sql.execute(app, "update app.articles set body = 'Seen from a zeppelin' where id = 30004; update app.articles set title = 'The balloon' where id = 40001");
            finds(app, answer, "zeppelins", "On feet", "The river is quiet");
            finds(app, answer, "balloons", "The balloon");
            Sql.execute(app, "update app.articles set title = 'Zeppelins', body = 'No balloon' where id = 40001; delete from app.articles where id = 30004");
            finds(app, answer, "zeppelins", "On feet", "Zeppelins");
            finds(app, answer, "balloons", "Zeppelins");
            app.rollback();
            finds(app, answer, "zeppelins");
        }
    }

    @Test @Needs("followsChanges") @Hint(1) @Promises("finds-forms") @DisplayName("addresses, numbers and words with a hyphen are found as well")
    void findsWhatIsNoPlainWord(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Sql.execute(app, "insert into app.articles (id, title, body) values (50001, 'An address', 'See example.com, or write to ann@example.org for 3.14 euros'), (50002, 'The well-known PostgreSQL18', null)");
            for (var word : List.of("example.com", "ann@example.org", "3.14")) {
                finds(app, answer, word, "An address");
            }
            for (var word : List.of("well-known", "postgresql18")) {
                finds(app, answer, word, "The well-known PostgreSQL18");
            }
            app.rollback();
        }
    }

    @Test @Needs("followsChanges") @Hint(1) @Promises("finds-forms") @DisplayName("a word is found wherever it stands, however long the article is")
    void findsInLongArticles(Clone clone, Answer answer) throws SQLException {
        var random = RandomData.create();
        var words = Stream.generate(() -> random.word(6) + "ok").distinct().limit(3).toList();
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            var before = random.number(0, 15_000);
            Rows.query(app, """
                insert into app.articles (id, title, body) values
                  (80001, 'Long', repeat('walls and gates ', ?) || ? || repeat(' walls and gates', ?)), (80002, 'Longer', repeat('walls and gates ', 15000) || ?),
                  (80003, repeat('far and near ', 150) || ?, null) returning id""", before, words.get(0), 15_000 - before, words.get(1), words.get(2));
            for (int n = 0; n < 3; n++) {
                Expect.equal("Articles found by " + words.get(n) + ", which stands " + List.of("somewhere in a long body", "at the end of a long body", "at the end of a long title").get(n),
                    List.of(80_001 + n), ids(app, answer, words.get(n)), "Which words does the index have?");
            }
            app.rollback();
        }
    }

    @Test @Needs("findsForms") @Hint(1) @Promises("columns") @DisplayName("the result has an id and a title")
    void hasItsColumns(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            Expect.table("The result for: teapot", Rows.columns("id", "title").row(30005, "Teapots"), search(app, answer, "teapot"), "The task names them.");
        }
    }

    @Test @Needs("findsForms") @Hint(1) @Promises("understands") @DisplayName("what people type is understood")
    void understandsPeople(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            finds(app, answer, "running shoes", "Running shoes");
            finds(app, answer, "shoes running", "Running shoes");
            finds(app, answer, "running -shoes", "Running a marathon", "On feet");
            finds(app, answer, "teapots or breakfast", "On feet", "Teapots");
            finds(app, answer, "\"river is quiet\"", "The river is quiet");
            finds(app, answer, "\"marathon running\"");
        }
    }

    @Test @Needs("understandsPeople") @Hint(1) @Promises({"finds-forms", "understands"}) @DisplayName("it does not matter whether a word stands in the title or in the body")
    void searchesBothTogether(Clone clone, Answer answer) throws SQLException {
        var random = RandomData.create();
        var words = Stream.generate(() -> random.word(6) + "ok").distinct().limit(6).toList(); // an ending that no form of a word has
        try (var app = Sql.connect(clone.app())) {
            var made = makeUp(app, random, words);
            for (int round = 0; round < 3; round++) {
                var three = new ArrayList<>(words);
                Collections.shuffle(three, new java.util.Random(random.number(0, 1_000_000)));
                var a = three.get(0);
                var b = three.get(1);
                var c = three.get(2);
                findsMade(app, answer, made, a, article -> article.has(a));
                findsMade(app, answer, made, a + " " + b, article -> article.has(a) && article.has(b));
                findsMade(app, answer, made, a + " -" + b, article -> article.has(a) && !article.has(b));
                findsMade(app, answer, made, a + " or " + b, article -> article.has(a) || article.has(b));
                findsMade(app, answer, made, "\"" + a + " " + b + "\"", article -> article.has(a, b));
                findsMade(app, answer, made, a + " " + b + " -" + c, article -> article.has(a) && article.has(b) && !article.has(c));
                findsMade(app, answer, made, a + " -" + b + " -" + c, article -> article.has(a) && !article.has(b) && !article.has(c));
                findsMade(app, answer, made, a + " or " + b + " or " + c, article -> article.has(a) || article.has(b) || article.has(c));
                findsMade(app, answer, made, c + " \"" + a + " " + b + "\"", article -> article.has(a, b) && article.has(c));
            }
        }
    }

    @Test @Needs("findsForms") @Hint(1) @Promises("never-fails") @DisplayName("nothing that people type is an error")
    void neverFails(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Sql.execute(app, "delete from app.articles where id <= 20000"); // the others will do, and cost less without an index
            Rows.query(app, "insert into app.articles (id, title, body) select 90000 + n, 'Why not ' || sign, sign from unnest(string_to_array(?, ' ')) with ordinality u (sign, n) returning id",
                String.join(" ", SIGNS));
            for (var signs : SIGNS) {
                Expect.equal("Articles found by: " + signs, List.of(), titles(app, answer, signs), "It has no word in it, so it finds nothing, also where it stands in an article.");
            }
            for (var nonsense : List.of("\"c++ (", "'", "", "   ", ":*", "& | !", "the", "-the", "a:b:c <->", "\\", "or", "\"\"", "-")) {
                Expect.equal("Articles found by: " + nonsense, List.of(), titles(app, answer, nonsense), "It has no word in it that an article has.");
            }
            for (var text : EdgeData.texts()) {
                search(app, answer, text);
            }
            app.rollback();
        }
    }

    @Test @Needs("findsForms") @Hint(2) @Promises("title-first") @DisplayName("a word in the title comes first")
    void titleFirst(Clone clone, Answer answer) throws SQLException {
        var word = RandomData.create().word(6) + "ok";
        try (var app = Sql.connect(clone.app())) {
            titlesBeforeBodies(app, answer, "spout", "Spouts", "Teapots");
            titlesBeforeBodies(app, answer, "running", "Running", "On feet");
            titlesBeforeBodies(app, answer, "marathon", "Running a", "Running shoes");
            for (var article : List.of("(50001, 'Often', repeat(? || ' ', 30))", "(50002, 'The ' || ?, repeat('walls and gates ', 100))",
                    "(50003, repeat('far and near ', 20) || 'The ' || ?, null)", "(50006, 'Always', repeat(? || ' and ', 5000))", "(50004, 'Brief', ?)", "(50005, 'The ' || ?, '')")) {
                try (var insert = app.prepareStatement("insert into app.articles (id, title, body) values " + article)) {
                    insert.setString(1, word);
                    insert.executeUpdate();
                }
            }
            var titles = titles(app, answer, word);
            Expect.equal("Whether the word " + word + " is in the title, article by article", List.of(true, true, true, false, false, false),
                titles.stream().map(title -> title.contains(word)).toList(), "However often a body has it, and however long an article is.");
        }
    }

    @Test @Needs("titleFirst") @Hint(2) @Promises("title-first") @DisplayName("in whatever form it is there, and not its letters in another word")
    void titleHasTheWord(Clone clone, Answer answer) throws SQLException {
        var start = RandomData.create().word(5);
        var word = start + "ark";
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            try (var insert = app.prepareStatement("insert into app.articles (id, title, body) values (?, ?, ?)")) {
                int id = 150_001;
                // The title of each second one has the word, and that of the one before it has not.
                for (var article : List.of(List.of("Said below", "They " + word + "ed"), List.of(word + "s, early and late", ""),
                        List.of(word + "olent, " + start + " and ark", "Of " + word), List.of("The " + word.toUpperCase(java.util.Locale.ROOT), "for all"),
                        List.of("Un" + word, word + "ing, and " + word + " again"), List.of(word + "ing", "every day"))) {
                    insert.setInt(1, id++);
                    insert.setString(2, article.get(0));
                    insert.setString(3, article.get(1));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            for (var typed : List.of(word, word + "ing", word.toUpperCase(java.util.Locale.ROOT) + "S")) {
                Sql.execute(app, "set local default_text_search_config = 'pg_catalog.english'");
                var found = ids(app, answer, typed);
                Expect.equal("Whether the word is in the title, article by article, in the search for " + typed, List.of(true, true, true, false, false, false),
                    found.stream().map(id -> id % 2 == 0).toList(), "The word itself, in whatever form.");
                Sql.execute(app, "set local default_text_search_config = 'pg_catalog.simple'");
                Expect.equal("The same articles, where default_text_search_config is simple", found, ids(app, answer, typed), "Whose language are the articles in? Who says so to the query?");
            }
            app.rollback();
        }
    }

    @Test @Needs("findsForms") @Hint(2) @Promises("alike") @DisplayName("articles that are alike come in the order of their ids")
    void alikeByIds(Clone clone, Answer answer) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            Sql.execute(app, "insert into app.articles (id, title, body) select 100004 - n, 'Origami', case when n > 6 then 'Of paper' end from generate_series(1, 12) n");
            var ids = ids(app, answer, "origami");
            var bare = ids.stream().filter(id -> id > 99_997).toList();
            var full = ids.stream().filter(id -> id <= 99_997).toList();
            Expect.equal("Articles of the title Origami without a body", bare.stream().sorted().toList(), bare, "Which of two comes first, when nothing else tells them apart?");
            Expect.equal("Articles of the title Origami with one and the same body", full.stream().sorted().toList(), full, "Which of two comes first, when nothing else tells them apart?");
        }
    }

    @Test @Needs("findsForms") @Hint(2) @Promises("cheap") @DisplayName("a search with few results reads few pages, by a GIN index")
    void isCheap(Clone clone, Answer answer) throws SQLException {
        var word = RandomData.create().word(6) + "ok";
        try (var app = Sql.connect(clone.app())) {
            Rows.query(app, "insert into app.articles (id, title, body) select 70000 + n, 'New ' || n, ? from generate_series(1, 3) n returning id", word);
            Sql.execute(clone.owner(), "vacuum analyze app.articles");
            for (var typed : List.of("running", word)) {
                search(app, answer, typed); // a session's first search reads the dictionaries as well
                var plan = QueryPlan.of(app, answer.text("search.sql"), typed);
                Expect.that("The plan of a search for " + typed, !plan.has("Seq Scan"), "no Seq Scan", plan, "Does the query spell what the index spells?");
                Expect.that("The plan of a search for " + typed, gin(clone).stream().anyMatch(plan::mentions), "a GIN index", plan, "GIN is the index for words.");
                Expect.that("Pages that are read", plan.buffers() <= 60, "at most 60", plan, "Where does the plan spend them?");
            }
        }
    }

    private static List<String> gin(Clone clone) throws SQLException {
        return Sql.query(clone.owner(), "select relname::text from pg_class where relam = (select oid from pg_am where amname = 'gin')").values().stream()
            .map(row -> (String) row.getFirst()).toList();
    }

    private static List<Made> makeUp(Connection app, RandomData random, List<String> words) throws SQLException {
        var made = new ArrayList<Made>();
        try (var insert = app.prepareStatement("insert into app.articles (id, title, body) values (?, ?, ?)")) {
            for (int id = 60_001; id <= 60_060; id++) {
                var title = some(random, words);
                var body = some(random, words);
                var kind = random.number(1, 4);
                insert.setInt(1, id);
                insert.setString(2, String.join(" ", title));
                insert.setString(3, kind == 1 ? null : kind == 2 ? "" : "Says: " + String.join(" ", body));
                insert.addBatch();
                made.add(new Made(id, Stream.of(title, List.of("says"), kind <= 2 ? List.<String>of() : body).flatMap(List::stream).toList()));
            }
            insert.executeBatch();
        }
        return made;
    }

    private static List<String> some(RandomData random, List<String> words) {
        return Stream.generate(() -> random.oneOf(words)).limit(random.number(1, 3)).toList();
    }

    private static void findsMade(Connection app, Answer answer, List<Made> made, String typed, Predicate<Made> is) throws SQLException {
        var expected = made.stream().filter(is).map(Made::id).toList();
        var found = ids(app, answer, typed).stream().sorted().toList();
        var odd = made.stream().filter(article -> expected.contains(article.id()) != found.contains(article.id())).findFirst();
        Expect.that("Articles found by: " + typed, expected.equals(found), expected, found + odd.map(article -> "; " + article.id() + " has the words "
            + String.join(" ", article.words())).orElse(""), "An article's words are those of its title and those of its body.");
    }

    private static void finds(Connection app, Answer answer, String typed, String... titles) throws SQLException {
        Expect.equal("Articles found by: " + typed, Stream.of(titles).sorted().toList(), titles(app, answer, typed).stream().sorted().toList(),
            "Which words does the index have?");
    }

    /** Titles that begin so come before those that begin otherwise. */
    private static void titlesBeforeBodies(Connection app, Answer answer, String typed, String inTitle, String inBody) throws SQLException {
        var titles = titles(app, answer, typed);
        var last = titles.stream().filter(title -> title.startsWith(inTitle)).reduce((one, next) -> next).orElse("");
        var first = titles.stream().filter(title -> title.startsWith(inBody)).findFirst().orElse("");
        Expect.that("Articles found by, in this order: " + typed, titles.indexOf(last) < titles.indexOf(first), inTitle + " … before " + inBody, titles,
            "Where in an article does the word stand?");
    }

    private static List<String> titles(Connection app, Answer answer, String typed) throws SQLException {
        return search(app, answer, typed).values().stream().map(row -> String.valueOf(row.get(Math.min(1, row.size() - 1)))).toList();
    }

    private static List<Integer> ids(Connection app, Answer answer, String typed) throws SQLException {
        return search(app, answer, typed).values().stream().map(row -> ((Number) row.getFirst()).intValue()).toList();
    }

    private static Rows search(Connection app, Answer answer, String typed) throws SQLException {
        var found = new ArrayList<Rows>();
        Expect.works("The search for: " + typed, () -> found.add(Rows.query(app, answer.text("search.sql"), typed)), "People type anything.");
        return found.getFirst();
    }
}
