package browser.exercise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grading.host.SampleCourse;
import grading.report.Check;
import grading.report.Check.Cause;
import grading.report.Check.Status;
import grading.report.Got;
import grading.report.Verdict;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class VerdictHtmlTest {
    private static final Check PAGES = Check.planned("pages", "The page reads only what it shows", 2, "").ended(Status.FAILED,
        new Cause("Pages of the query", "at most 20", new Got("Limit\n└─ Seq Scan on posts, filter (a > 1); 101 buffers", "101 pages",
            "Limit\n└─ Seq Scan on posts, filter (a > 1)"), "", "", ""), "", Duration.ZERO);

    @Test void aPlanIsATreeWithANodeAnItemBesideItsFigure() {
        try (var course = new SampleCourse()) {
            var verdict = new Verdict(course.exercise(), course.exercise().folder(), "hash", List.of(PAGES), List.of(), "18.6", Duration.ofMillis(1500));
            var drawn = Jsoup.parseBodyFragment(VerdictHtml.draw(verdict).toString());
            assertEquals(List.of("101 pages", "at most 20"), drawn.select(".cause dd > span").eachText().stream().map(text -> text.replace('\u00a0', ' ')).toList());
            assertEquals(List.of("Limit", "Seq Scan on posts, filter (a > 1)"), drawn.select(".tree li > span:last-child").eachText());
            assertEquals(List.of("", "└─ "), drawn.select(".tree .branch").stream().map(branch -> branch.wholeText()).toList());
        }
    }
}
