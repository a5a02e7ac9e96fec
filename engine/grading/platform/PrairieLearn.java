package grading.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import grading.report.Report;
import grading.report.Reports;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import kernel.output.VisibleText;

/**
 * {@code results.json} of an external grader (https://docs.prairielearn.com/externalGrading), which may have 1 MB.
 *
 * @param gradable     whether it counts as an attempt: not where nothing of it compiles, or where it could not be judged
 * @param score        from 0 to 1
 * @param formatErrors why it does not
 */
record PrairieLearn(boolean gradable, double score, String message, @JsonProperty("format_errors") List<String> formatErrors, List<Test> tests) {
    private static final int MOST_BYTES = 1_000_000;
    private static final int MOST_TEXT = 2_000;
    private static final int LEAST_TEXT = 30;

    record Test(String name, String description, double points, @JsonProperty("max_points") double maxPoints, String message, String output) { }

    /** With texts as long as there is room for. */
    static String json(List<Report> reports, String problem) {
        var json = "";
        for (int most = MOST_TEXT; most >= LEAST_TEXT && (json.isEmpty() || json.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES); most /= 2) {
            json = LearningPlatform.JSON.writeValueAsString(of(reports, problem, most));
        }
        return json;
    }

    /** @param most characters of a text */
    private static PrairieLearn of(List<Report> reports, String problem, int most) {
        var errors = Stream.concat(Stream.of(problem).filter(text -> !text.isEmpty()), reports.stream().flatMap(PrairieLearn::notCompiled))
            .map(text -> LearningPlatform.cut(VisibleText.of(text), most, " …")).toList();
        var gradable = reports.stream().anyMatch(report -> !report.status().equals(Reports.ERROR) && notCompiled(report).findAny().isEmpty());
        var possible = reports.stream().mapToLong(Report::maxScore).sum();
        var score = reports.stream().mapToLong(Report::score).sum();
        return new PrairieLearn(gradable, gradable ? (double) score / possible : 0, gradable ? score + " of " + possible + " checks passed" : "Nothing could be judged",
            errors, reports.stream().flatMap(report -> report.tests().stream().map(test -> test(report, test, most))).toList());
    }

    private static Stream<String> notCompiled(Report report) {
        return report.tests().stream().filter(test -> test.method().equals("compiles") && !test.state().equals("passed")).map(Report.Test::message);
    }

    private static Test test(Report report, Report.Test test, int most) {
        return new Test(test.name(), report.exercise(), test.score(), test.maxScore(), LearningPlatform.cut(VisibleText.of(test.message()), most, " …"),
            LearningPlatform.cut(VisibleText.of(test.output()), most, " …"));
    }
}
