package book.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import book.BookPage;
import book.Contents;
import book.ConvertedPage;
import book.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lesson.CourseFolder;
import lesson.Home;
import lesson.Lesson;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page of what guides say")
class GuidesPageTest {
    private static final String ADVICE = """
        <div class="sect1"><h2 id="pools">Pools</h2><div class="sectionbody"><div class="dlist"><dl>
        <dt class="hdlist1"><a id="pool-size"></a>A pool is large.</dt><dd><p><em>Does not hold</em>: processors count.</p></dd>
        <dt class="hdlist1"><a id="leak"></a>Close what you open.</dt><dd><p><em>Holds</em>.</p></dd>
        </dl></div></div></div>
        """;
    private final CourseFolder course = CourseFolder.of("guides");
    private final List<Finding> findings = new ArrayList<>();

    @AfterEach void remove() {
        course.close();
    }

    @Test void eachAdviceHasItsVerdictAndLeadsToTheSectionsThatTryIt() throws IOException {
        var main = page(ADVICE, "[#one,tries=\"pool-size, leak\"]", "[#folded,tries=\"leak\"]");
        assertEquals("A pool is large.", main.select("#pool-size > dt").text());
        assertEquals("Does not hold", main.select("#pool-size b.not").text());
        assertEquals(List.of("02-pooling.html#one"), main.select("#pool-size a").eachAttr("href"));
        assertEquals(List.of("02 Title of one", "02 Title of folded"), main.select("#leak li").eachText());
        assertEquals(List.of(), findings);
    }

    @Test void adviceThatNothingTriesIsFound() throws IOException {
        page(ADVICE, "[#one,tries=\"pool-size\"]");
        assertEquals("docs/guides.adoc: \"leak\" is tried by no step\n    Write [#step,tries=\"leak\"] above the step that tries it.",
            findings.getFirst().toString());
        assertEquals(1, findings.size());
    }

    @Test void aMarkThatNamesNoAdviceIsFoundWithItsLine() throws IOException {
        page(ADVICE, "[#one,tries=\"pool-size, leak, leek\"]");
        assertEquals(List.of("lessons/02-pooling/lesson02.adoc:3: tries \"leek\", which docs/guides.adoc does not have"), firstLines());
    }

    @Test void aMarkOfAStepThatIsNotThereOrOfMereProseIsFound() throws IOException {
        page(ADVICE, "[#one,tries=\"pool-size, leak\"]", "[#won,tries=\"leak\"]", "[#prose,tries=\"leak\"]");
        assertEquals(List.of("lessons/02-pooling/lesson02.adoc:4: section \"won\" runs nothing, so it tries nothing",
            "lessons/02-pooling/lesson02.adoc:5: section \"prose\" runs nothing, so it tries nothing"), firstLines());
    }

    @Test void aLineThatOnlyLooksLikeAMarkIsFound() throws IOException {
        page(ADVICE, "[#one,tries=\"pool-size, leak\"]", "[#two,tries=leak]");
        assertEquals(List.of("lessons/02-pooling/lesson02.adoc:4: [#two,tries=leak] is no mark"), firstLines());
    }

    @Test void adviceWithoutAnIdOrAVerdictIsFound() throws IOException {
        page(ADVICE.replace("<a id=\"leak\"></a>", "").replace("<em>Does not hold</em>", "<em>Perhaps</em>"), "[#one,tries=\"pool-size\"]");
        assertEquals(List.of("docs/guides.adoc: \"pool-size\" has no verdict", "docs/guides.adoc: \"Close what you open.\" has no id"), firstLines());
    }

    @Test void everyAdviceOfTheCourseIsTriedAndEveryMarkNamesOne() throws IOException {
        var advice = Pattern.compile("(?m)^\\[\\[([a-z0-9-]+)]]").matcher(Files.readString(Home.here().root().resolve("docs/guides.adoc")))
            .results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        var tried = new TreeSet<String>();
        for (var lesson : Home.here().lessons()) {
            Mark.of(lesson, findings).forEach(mark -> tried.addAll(mark.advice()));
        }
        assertEquals(advice, tried);
        assertFalse(advice.isEmpty());
        assertEquals(List.of(), findings);
    }

    private List<String> firstLines() {
        return findings.stream().map(finding -> finding.toString().lines().findFirst().orElseThrow()).toList();
    }

    private Element page(String advice, String... marks) throws IOException {
        var lesson = new Lesson(course.home(), "02", "pooling");
        course.write("lessons/02-pooling/lesson02.adoc", "= Pooling\n\n" + String.join("\n", marks));
        var main = Jsoup.parse("""
            <main><section id=one class=step><h2>Title of one</h2><pre class=cell></pre></section>
            <section id=folded class=prose><h2>Title of folded</h2><details><summary>Run</summary><pre></pre></details></section>
            <section id=prose class=prose><h2>Prose</h2></section></main>""").expectFirst("main");
        var part = new Contents.Part(lesson, new BookPage("02-pooling.html", "", "Pooling", "", main), List.of());
        return GuidesPage.of(new ConvertedPage("docs/guides.adoc", "Guides", Map.of(), advice), List.of(part), findings).main();
    }
}
