package browser;

import java.nio.file.Path;
import lesson.CourseFolder;
import lesson.Home;
import lesson.Lesson;

/** A course of one lesson with a few cells, in a folder of its own. */
public final class TinyCourse implements AutoCloseable {
    private static final String PROGRAM = """
        import static script.Script.*;

        void main(String... args) throws Exception {
            begin("01-trial", args);

            step("price");                                     // tag::price[]
            var price = 40 + 2;
            show("the price is " + price);
            // end::price[]

            step("total");                                     // tag::total[]
            var total = twice(price);
            show("the total is " + total);
            // end::total[]

            sql("shop", owner(), \"""
                -- tag::shop[]
                create table shop (id int primary key);
                insert into shop values (1), (2);
                -- end::shop[]
                \""");

            sqlFails("twice", owner(), "23505", \"""
                -- tag::twice[]
                insert into shop values (1)
                -- end::twice[]
                \""");
        }

        int twice(int amount) {
            return 2 * amount;
        }
        """;
    private static final String PAGE = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Trial</title></head>
        <body><main class="lesson" data-lesson="01-trial"><h1>Trial</h1>
        <section class="opening" id="the-question"><h2>What does it cost?</h2><p>Read <em>this</em> &amp; <code>that</code>.</p></section>
        %s</main></body></html>
        """;
    private final CourseFolder folder = CourseFolder.of("tiny cöurse ");

    public TinyCourse() {
        write("lessons/01-trial/lesson01.java", PROGRAM);
        write("docs/index.html", PAGE.formatted("").replace(" class=\"lesson\" data-lesson=\"01-trial\"", ""));
        page("price", "total", "shop", "twice");
        write("docs/assets/book.css", "main { max-width: 70ch }\n".repeat(100));
        write("engine/browser/page/notebook.js", "export {};\n");
        write("engine/browser/page/reload.js", "{ const costs = '$1'; }\n");
        write("secret.html", "nobody must read this");
    }

    /** Builds the lesson's page with these steps. */
    void page(String... steps) {
        var sections = new StringBuilder();
        for (var step : steps) {
            sections.append("""
                <section class="step" id="%s"><h2>Step %s</h2><div class="question"><p>What comes?</p></div>
                <pre class="cell"><code data-lang="java">var x = 1;</code></pre>
                <div class="result"></div><div class="meaning"><p>So it is.</p></div></section>
                """.formatted(step, step));
        }
        write("docs/01-trial.html", PAGE.formatted(sections));
    }

    public Home home() {
        return folder.home();
    }

    public Lesson lesson() {
        return home().lesson("01");
    }

    public Path root() {
        return folder.root();
    }

    public void write(String name, String text) {
        folder.write(name, text);
    }

    @Override public void close() {
        folder.close();
    }
}
