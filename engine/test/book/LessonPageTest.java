package book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.output.Output;
import lesson.Home;
import lesson.Lesson;
import org.junit.jupiter.api.Test;

/** The shape that terminal and notebook rely on. The HTML is what Asciidoctor makes of such a lesson. */
class LessonPageTest {
    private static final Lesson LESSON = new Lesson(new Home(Path.of("/clone")), "02", "pooling");
    private static final String STEP = """
        <div class="sect1"><h2 id="price">What does it cost?</h2><div class="sectionbody">
        <div class="paragraph"><p>Guess.</p></div>
        <div class="listingblock cell"><div class="content"><pre class="rouge highlight"><code data-lang="java"><span class="kt">var</span> <span class="n">x</span> = 1;</code></pre></div></div>
        <div class="paragraph"><p>That is why.</p></div>
        <div class="admonitionblock note"><table><tr><td class="icon"><div class="title">Note</div></td><td class="content"><code>x</code> is small.</td></tr></table></div>
        </div></div>
        """;
    private final List<Finding> findings = new ArrayList<>();

    @Test void aStepIsQuestionCodeResultAndMeaningInThisOrder() {
        var step = page(STEP, recording()).main().selectFirst("section.step#price");
        assertEquals(List.of("h2", "div.question", "pre.cell", "div.result", "div.meaning"),
            step.children().stream().map(part -> part.cssSelector().replaceFirst(".*> ", "").replaceFirst(":nth.*", "")).toList());
        assertEquals("var x = 1;", step.selectFirst("> pre.cell > code[data-lang=java]").wholeText());
        assertEquals("That is why.", step.selectFirst("> .meaning > p").text());
        assertEquals(List.of(), findings);
    }

    @Test void aResultSaysOnWhatItWasRecorded() {
        var result = page(STEP, recording()).main().selectFirst(".result");
        assertEquals("PostgreSQL 18.6 (embedded) · JDK 25 · 2026-11-22", result.attr("data-recorded"));
        assertTrue(result.text().contains("PostgreSQL 18.6 (embedded)"), result.text());
    }

    @Test void aPlanIsCalledAsTheRemarkToItsExplainInTheCell() {
        var plan = new Output.Plan(new Output.Plan.Node("Seq Scan", "on t", 1, 1, 1, 4, 0, 1, List.of()), 0, 0);
        var sql = STEP.replace("data-lang=\"java\"", "data-lang=\"sql\"").replaceAll("<span class=\"kt\">.*;</code>", "explain select 1; -- without the index\nexplain select 2;</code>");
        assertEquals(List.of("without the index · Seq Scan on t · 4 buffers", "Seq Scan on t · 4 buffers"),
            page(sql, recording(plan, plan)).main().select("figcaption").eachText());
        assertEquals(List.of("Seq Scan on t · 4 buffers"), page(sql, recording(plan)).main().select("figcaption").eachText(), "which of the two is it?");
    }

    @Test void aStepWithoutARecordingSaysSoAndHowToRunIt() {
        var result = page(STEP, Optional.empty()).main().selectFirst(".result");
        assertEquals("Not recorded yet. Run it: ./jbang lesson02 --only price", result.text());
    }

    @Test void theOpeningStandsUnderTheQuestionOfTheLesson() {
        var main = page("<div id=\"preamble\"><div class=\"sectionbody\"><div class=\"paragraph\"><p>Why.</p></div></div></div>" + STEP,
            recording()).main();
        assertEquals("lesson", main.className());
        assertEquals("02-pooling", main.attr("data-lesson"));
        assertEquals("How big?", main.selectFirst("> section.opening > h2").text());
        assertEquals("Why.", main.selectFirst("> section.opening > p").text());
    }

    @Test void aSectionWithoutACellIsProse() {
        var section = page(STEP.replace("listingblock cell", "listingblock"), recording()).main().selectFirst("> #price");
        assertEquals("prose", section.className());
    }

    @Test void anAsideKeepsItsSentenceTogether() {
        assertEquals("x is small.", page(STEP, recording()).main().selectFirst("aside.note > p:not(.word)").text());
    }

    @Test void twoCellsInOneSectionAreRefused() {
        var cell = STEP.substring(STEP.indexOf("<div class=\"listingblock"), STEP.indexOf("<div class=\"paragraph\"><p>That"));
        page(STEP.replace(cell, cell + cell), recording());
        assertEquals("section \"price\" has 2 cells", findings.getFirst().what());
    }

    @Test void aStepThatAsksNothingIsRefused() {
        page(STEP.replace("<div class=\"paragraph\"><p>Guess.</p></div>", ""), recording());
        assertTrue(findings.getFirst().what().contains("asks nothing"), findings.toString());
    }

    @Test void aHeaderWithoutQuestionOrMinutesIsRefused() {
        LessonPage.of(LESSON, new ConvertedPage("lessons/02-pooling/lesson02.adoc", "Pooling", Map.of(), STEP), recording(), findings);
        assertEquals(List.of("the header has no :question:", "the header has no :minutes:"), findings.stream().map(Finding::what).toList());
    }

    private BookPage page(String html, Optional<Recording> recording) {
        var header = Map.of("question", "How big?", "minutes", "40");
        return LessonPage.of(LESSON, new ConvertedPage("lessons/02-pooling/lesson02.adoc", "Pooling", header, html), recording, findings);
    }

    private static Optional<Recording> recording() {
        return recording(new Output.Text("one"));
    }

    private static Optional<Recording> recording(Output... outputs) {
        return Optional.of(new Recording("02-pooling", "18.6", "embedded", "25.0.3", "2026-11-22",
            List.of(new Recording.Step("price", "0123456789ab", List.of(outputs)))));
    }
}
