package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.gradebook.CountingRule.Attempt;
import grading.gradebook.GradedSubmission.GradedAnswer;
import grading.host.SampleCourse;
import grading.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A class of 2,000")
class LargeClassTest {
    private static final int LEARNERS = 2_000;
    private static final int EXERCISES = 10;
    @TempDir Path folder;

    @Test @DisplayName("has a page of less than 5 MB with ten exercises each")
    void size() throws Exception {
        try (var course = new SampleCourse()) {
            for (int i = 2; i <= EXERCISES; i++) {
                course.write("exercises/02-sums/" + i + "-sum-" + i + "/exercise.adoc", "= Sum " + i + "\n");
            }
            var kept = GradingFolder.at(folder);
            kept.keep("verdict", report());
            var submissions = new ArrayList<GradedSubmission>();
            for (int learner = 0; learner < LEARNERS; learner++) {
                var number = learner;
                submissions.add(new GradedSubmission(1, "learner%04d/2026-11-30-101500.zip".formatted(learner), "2026-11-30T10:15:00Z", "", "unsigned", List.of(),
                    course.home().exercises().stream().map(one -> new GradedAnswer(Report.id(one), "verdict", "answer", "like" + number)).toList()));
            }
            var book = new GradebookMaker(course.home(), kept, Roster.NONE, new CountingRule(Attempt.LATEST, Optional.empty(), Optional.empty())).of(submissions);
            var page = GradebookPage.of(book);
            assertTrue(page.length() < 5_000_000, () -> "it has " + page.length() + " characters");
            assertEquals(LEARNERS, Jsoup.parse(page).select("table").first().select("tbody tr").size());
            Files.writeString(folder.resolve("page.html"), page);
        }
    }

    private static Report report() {
        var test = new Report.Test("The sum is right", "", "fail", "failed", "expected: 1", "", 1, "sums", new Report.Cause("", "", "", ""), "", "", "", 0, 1, 0.1);
        return new Report(3, "fail", "", List.of(test), "02.1", "sums/sum-up", 0, 1, 0.1, List.of(), "course", "verifier", "18.6", "25");
    }
}
