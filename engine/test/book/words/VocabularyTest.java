package book.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import book.BookPage;
import book.Contents;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lesson.CourseFolder;
import lesson.Home;
import lesson.Lesson;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The words of the real {@code script.Script}, in a course of two small lessons. */
class VocabularyTest {
    private static final String PROGRAM = """
        import static script.Script.*;

        void main(String... args) throws Exception {
            begin("%s", args);

            step("one");   // tag::one[]
            %s
            // end::one[]

            step("two");   // tag::two[]
            show(app().connect());
            // end::two[]
        }

        """;
    private final CourseFolder course = CourseFolder.of("vocabulary");

    @BeforeEach void twoLessons() {
        program("01", "first", "show(\"no plan yet\");", "");
        program("02", "second", "show(plan(doubled(\"select\")));", "/** Twice the text. */\nString doubled(String text) {\n    return text + text;\n}\n");
    }

    @AfterEach void remove() {
        course.close();
    }

    @Test void aWordIsExplainedByItsDocstringAndShownWhereAReaderFirstMeetsIt() {
        var page = page();
        assertEquals("The app role on the lesson's database.", page.selectXpath("//h3[@id='app']/following-sibling::p[2]").text());
        assertEquals("01-first.html#two", page.selectXpath("//h3[@id='app']/following-sibling::p[3]/a").attr("href"));
        assertEquals("show(app().connect());", page.selectXpath("//h3[@id='app']/following-sibling::pre[1]").text());
        assertEquals("02-second.html#one", page.selectXpath("//h3[@id='plan']/following-sibling::p[@class='first'][1]/a").attr("href"));
    }

    @Test void aWordThatNoLessonUsesIsNone() {
        assertEquals(List.of("begin", "step", "app", "plan", "show"), vocabulary().words().stream().map(Word::name).toList());
    }

    @Test void everyLessonSaysWhichStepIsTheFirstToUseAWord() {
        assertEquals(Map.of("one", List.of("show"), "two", List.of("app")), newIn("01"));
        assertEquals(Map.of("one", List.of("show", "plan", "doubled"), "two", List.of("app")), newIn("02"));
    }

    @Test void theLineBelowACellLeadsToTheWords() {
        var page = lessonPage("01-first");
        NewWords.add(page, course.home().lesson("01"), vocabulary());
        assertEquals("New word: show", page.main().select("section#one > pre.cell + p.new-words").text());
        assertEquals("words.html#show", page.main().select("section#one a").attr("href"));
    }

    @Test void aMethodOfAProgramsOwnHidesTheWordOfThatName() {
        program("01", "first", "show(plan(2));", "/** Not the plan of a query. */\nint plan(int twice) {\n    return 2 * twice;\n}\n");
        assertEquals("02", vocabulary().words().stream().filter(word -> word.name().equals("plan")).findFirst().orElseThrow()
            .first().orElseThrow().lesson().number());
        assertEquals(List.of("int plan(int twice)"), page().select("#01-plan").eachText());
    }

    @Test void aWordOfWhichNobodySaysWhatItMeansIsFound() {
        program("01", "first", "show(halved(4));", "int halved(int twice) {\n    return twice / 2;\n}\n");
        assertEquals(List.of("nobody says what `halved` means, which step \"one\" uses"),
            vocabulary().findings().stream().map(finding -> finding.what()).toList());
    }

    @Test void everyWordOfTheCourseIsExplained() {
        assertEquals(List.of(), Vocabulary.of(Home.here()).findings());
        assertTrue(Vocabulary.of(Home.here()).words().size() > 30);
    }

    private Vocabulary vocabulary() {
        return Vocabulary.of(course.home(), Home.here().root());
    }

    private Element page() {
        var parts = course.home().lessons().stream().map(lesson -> new Contents.Part(lesson, lessonPage(lesson.id()), List.of())).toList();
        return WordsPage.of(vocabulary(), parts).main();
    }

    private Map<String, List<String>> newIn(String number) {
        return vocabulary().newIn(course.home().lesson(number)).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, step -> step.getValue().stream().map(Word::name).toList()));
    }

    private static BookPage lessonPage(String id) {
        var step = "<section class=step id=%s><h2>Step</h2><pre class=cell><code></code></pre></section>";
        return new BookPage(id + ".html", "", id, "", Jsoup.parse("<main>" + step.formatted("one") + step.formatted("two") + "</main>").expectFirst("main"));
    }

    private void program(String number, String topic, String code, String below) {
        var lesson = new Lesson(course.home(), number, topic);
        course.write("lessons/" + lesson.id() + "/lesson" + number + ".java", PROGRAM.formatted(lesson.id(), code) + below);
    }
}
