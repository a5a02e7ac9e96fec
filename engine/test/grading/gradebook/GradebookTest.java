package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.gradebook.CountingRule.Attempt;
import grading.host.SampleCourse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lesson.Home;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A gradebook of real submissions")
class GradebookTest {
    private static final String NASTY = "=1+1<img src=x onerror=alert(1)>\u001b[2J.zip";
    @TempDir static Path temporary;
    private static HandedInCourse course;
    private static GradingFolder kept;
    private static List<GradedSubmission> graded;

    @BeforeAll static void grade() throws Exception {
        course = new HandedInCourse();
        var folder = Files.createDirectory(temporary.resolve("handed in"));
        course.handIn(folder, "anna.zip", SampleCourse.GOOD);
        course.handIn(folder, "Ben Roth_77_assignsubmission_file/2026-11-30-101500.zip", HandedInCourse.FORMATTED);
        course.handIn(folder, "carl-2026-11-30-101500.zip", SampleCourse.STARTER);
        course.handIn(folder, "dora.zip", SampleCourse.STARTER);
        course.handIn(folder, NASTY, SampleCourse.body("System.out.println(\"<script>alert(2)</script>\"); throw new IllegalStateException(\"\\u001b[2J<script>alert(3)</script>\");"));
        Files.writeString(folder.resolve("eve.zip"), "no zip");
        kept = GradingFolder.at(temporary.resolve("out"));
        graded = course.grade(folder, kept.root(), 1);
    }

    @AfterAll static void close() {
        course.close();
    }

    @Test @DisplayName("has a row for each learner, whoever of the roster handed in nothing among them, and says what the class has not understood")
    void rows() {
        var book = book(graded, roster(), Attempt.LATEST, "");
        assertEquals(List.of("Anna Abel", "Ben Roth", "carl", "dora", "eve", "Fred Nobody"), book.rows().stream().map(row -> row.learner().name()).skip(1).toList());
        assertEquals(List.of("5", "5", "", "3"), List.of(points(book, "Anna Abel"), points(book, "Ben Roth"), points(book, "Fred Nobody"), points(book, "carl")));
        assertEquals("The sum is right", book.columns().getFirst().misses().getFirst().check());
        assertEquals(3, book.columns().getFirst().misses().getFirst().learners());
        assertEquals(List.of("eve.zip"), book.notJudged().stream().map(GradedSubmission::file).toList());
    }

    @Test @DisplayName("shows answers side by side that differ in blanks and comments alone, and not those left as they were given")
    void alike() throws Exception {
        var book = book(graded, roster(), Attempt.LATEST, "");
        assertEquals(List.of(List.of("Anna Abel", "Ben Roth")), book.alike().stream().map(one -> one.copies().stream().map(copy -> copy.learner().name()).toList()).toList());
        assertTrue(book.alike().getFirst().solution());
        GradebookFiles.write(book, kept);
        var page = Jsoup.parse(Files.readString(kept.root().resolve("alike.html")));
        assertEquals(2, page.select(".sides pre").size());
        assertTrue(page.select(".sides pre").getLast().text().contains("/* mine */"));
    }

    @Test @DisplayName("is written so that nothing of a submission is obeyed: not by a browser, not by a spreadsheet, not by a terminal")
    void harmless() throws Exception {
        var page = GradebookFiles.write(book(graded, Roster.NONE, Attempt.LATEST, ""), kept);
        var pages = new ArrayList<>(List.of(page, kept.root().resolve("alike.html")));
        try (var learners = Files.list(kept.root().resolve("learners"))) {
            pages.addAll(learners.toList());
        }
        for (var one : pages) {
            var html = Files.readString(one);
            assertFalse(html.contains("\u001b"), one::toString);
            var parsed = Jsoup.parse(html);
            assertEquals(one.equals(page) ? 1 : 0, parsed.select("script").size(), one::toString);
            assertEquals(0, parsed.select("img, link, iframe, [src], [onerror], [style]").size(), one::toString);
            assertTrue(parsed.select("a").eachAttr("href").stream().noneMatch(href -> href.contains(":")), one::toString);
        }
        for (var name : List.of("moodle.csv", "canvas.csv", "gradebook.json")) {
            assertFalse(Files.readString(kept.root().resolve(name)).contains("\u001b"), name);
        }
        assertTrue(Files.readString(kept.root().resolve("moodle.csv")).contains("'=1+1<img"));
    }

    @Test @DisplayName("leads from the class to each learner's ladder")
    void ladders() throws Exception {
        var page = Jsoup.parse(Files.readString(GradebookFiles.write(book(graded, roster(), Attempt.LATEST, ""), kept)));
        var carl = Jsoup.parse(Files.readString(kept.root().resolve(page.select("a:contains(carl)").attr("href"))));
        assertEquals(List.of("✓", "✓", "✗", "–", "✓"), carl.select("ol.ladder span").eachText().stream().limit(5).toList(), carl::text);
        assertTrue(carl.text().contains("expected: 5050"), carl::text);
    }

    @Test @DisplayName("goes into Moodle and Canvas by their columns")
    void tables() throws Exception {
        GradebookFiles.write(book(graded, roster(), Attempt.LATEST, ""), kept);
        var moodle = Csv.read(Files.readString(kept.root().resolve("moodle.csv")));
        assertEquals(List.of("Name", "ID number", "Email address", "02.1 Sum up", "Total", "Late"), moodle.getFirst());
        assertTrue(moodle.contains(List.of("Anna Abel", "anna", "anna@example.org", "5", "5", "")), moodle::toString);
        assertTrue(moodle.contains(List.of("Fred Nobody", "f1", "", "", "", "")), moodle::toString);
        var canvas = Csv.read(Files.readString(kept.root().resolve("canvas.csv")));
        assertEquals(List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "02.1 Sum up"), canvas.getFirst());
        assertEquals(List.of("Points Possible", "", "", "", "", "5"), canvas.get(1));
        assertTrue(canvas.contains(List.of("Anna Abel", "", "anna", "anna@example.org", "", "5")), canvas::toString);
        var json = JsonMapper.shared().readTree(Files.readString(kept.root().resolve("gradebook.json")));
        assertEquals(1, json.get("format").asInt());
        assertEquals(7, json.get("learners").size());
    }

    @Test @DisplayName("has titles that Moodle can tell apart, and that Canvas takes for no assignment of its own")
    void titles() {
        var titles = Home.here().exercises().stream().map(exercise -> exercise.id() + " " + exercise.title()).toList();
        assertEquals(titles.size(), Set.copyOf(titles).size());
        // "(12)" at the end would be the id of an assignment, and these are columns that Canvas computes itself.
        assertEquals(List.of(), titles.stream().filter(title -> title.matches(".*\\(\\d+\\)|.*(Current|Final|Override) (Score|Points|Grade|Status).*")).toList());
    }

    @Test @DisplayName("says who has signed, and where somebody has, who has not")
    void signatures() {
        var anna = graded.stream().filter(one -> one.file().equals("anna.zip")).findFirst().orElseThrow();
        var unsigned = List.of(signed("ben.zip", "unsigned", anna));
        assertFalse(remarks(unsigned).contains("unsigned"));
        var mixed = List.of(signed("anna.zip", "signed by anna@example.org", anna), unsigned.getFirst(), signed("carl.zip", "signature broken", anna));
        assertEquals(List.of("signed by anna@example.org", "unsigned", "signature broken"), remarks(mixed));
        var json = GradebookJson.of(book(mixed, Roster.NONE, Attempt.LATEST, ""));
        assertEquals(List.of("signed by anna@example.org", "unsigned", "signature broken"), json.learners().stream().map(one -> one.results().getFirst().signature()).toList());
    }

    private static List<String> remarks(List<GradedSubmission> submissions) {
        var page = Jsoup.parse(GradebookPage.of(book(submissions, Roster.NONE, Attempt.LATEST, "")));
        return page.select("table").first().select("tbody tr").stream().map(row -> row.select("td").last().text()).toList();
    }

    private static GradedSubmission signed(String file, String signature, GradedSubmission like) {
        return new GradedSubmission(1, file, like.created(), like.problem(), signature, like.changed(), like.answers());
    }

    @Test @DisplayName("counts the latest attempt or the best one, and a late one where nothing was in time")
    void attempts() {
        var good = graded.stream().filter(one -> one.file().equals("anna.zip")).findFirst().orElseThrow();
        var bad = graded.stream().filter(one -> one.file().equals("dora.zip")).findFirst().orElseThrow();
        var both = List.of(at("x/1.zip", "2026-11-01T10:00:00+01:00", good), at("x/2.zip", "2026-11-02T10:00:00+01:00", bad));
        assertEquals("3", points(book(both, Roster.NONE, Attempt.LATEST, ""), "x"));
        assertEquals("5", points(book(both, Roster.NONE, Attempt.BEST, ""), "x"));
        assertEquals("5", points(book(both, Roster.NONE, Attempt.LATEST, "2026-11-02T08:00:00Z"), "x"));
        var late = book(both, Roster.NONE, Attempt.LATEST, "2026-10-01");
        assertEquals("3", points(late, "x"));
        assertTrue(late.rows().getFirst().isLate());
        var rule = new CountingRule(Attempt.LATEST, Optional.of(CountingRule.time("2026-11-02T08:00:00Z", false)), Optional.empty());
        var early = new GradebookMaker(course.course().home(), kept, Roster.NONE, rule).of(both);
        assertEquals(List.of("x/1.zip"), early.tooEarly().stream().map(GradedSubmission::file).toList());
        assertEquals(1, early.rows().getFirst().cells().get("sums/sum-up").attempts());
    }

    private static GradedSubmission at(String file, String created, GradedSubmission like) {
        return new GradedSubmission(1, file, created, like.problem(), like.signature(), like.changed(), like.answers());
    }

    private static Roster roster() {
        return new Roster(List.of(new Learner("anna", "Anna Abel", "anna@example.org"), new Learner("b77", "Ben Roth", ""), new Learner("f1", "Fred Nobody", "")));
    }

    private static Gradebook book(List<GradedSubmission> submissions, Roster roster, Attempt attempt, String until) {
        var rule = new CountingRule(attempt, Optional.empty(), Optional.of(until).filter(word -> !word.isEmpty()).map(word -> CountingRule.time(word, true)));
        return new GradebookMaker(course.course().home(), kept, roster, rule).of(submissions);
    }

    private static String points(Gradebook book, String name) {
        var row = book.rows().stream().filter(one -> one.learner().name().equals(name)).findFirst().orElseThrow();
        return row.cells().isEmpty() ? "" : String.valueOf(row.points());
    }
}
