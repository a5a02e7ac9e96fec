package grading.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import grading.report.Report;
import grading.report.Reports;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kernel.output.VisibleText;

/**
 * What a grader gives to the reporter of GitHub Classroom (autograding-grading-reporter): JSON, and the same in base64 as the output of a step.
 * The points are those of the checks, so that the reporter's sum is the gradebook's. The reporter gets it as a variable of its environment, which
 * Linux bounds at 128 kB: where a whole course is longer, messages are left out, and at last there is one test for each exercise.
 */
record Classroom(int version, String status, @JsonProperty("max_score") long maxScore, List<Test> tests) {
    private static final int MOST_BYTES = 90_000; // a third more in base64
    private static final int MOST_MESSAGE = 300;

    record Test(String name, String status, String message, long score) { }

    static Map<String, String> files(List<Report> reports, String problem) {
        var json = Stream.of(of(reports, problem), of(reports, problem).withoutMessages(), byExercise(reports)).map(LearningPlatform.COMPACT::writeValueAsString)
            .filter(text -> text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES).findFirst().orElseThrow() + "\n";
        return Map.of("results.json", json, "result.txt", Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "\n");
    }

    private static Classroom of(List<Report> reports, String problem) {
        if (!problem.isEmpty()) {
            return new Classroom(1, Reports.ERROR, 1, List.of(new Test("The submission can be judged", Reports.ERROR, message(problem), 0)));
        }
        return ofTests(reports, reports.stream().flatMap(report -> report.tests().stream().map(test ->
            new Test(report.exercise() + " " + test.name(), test.status(), message(test.message()), test.score()))).toList());
    }

    private static Classroom byExercise(List<Report> reports) {
        return ofTests(reports, reports.stream().map(report -> new Test(report.exercise() + " " + report.id(), report.status(), "", report.score())).toList());
    }

    private static Classroom ofTests(List<Report> reports, List<Test> tests) {
        var passed = reports.stream().allMatch(report -> report.status().equals("pass"));
        return new Classroom(1, passed ? "pass" : "fail", reports.stream().mapToLong(Report::maxScore).sum(), tests);
    }

    private Classroom withoutMessages() {
        return new Classroom(version, status, maxScore, tests.stream().map(test -> new Test(test.name(), test.status(), "", test.score())).toList());
    }

    private static String message(String text) {
        return LearningPlatform.cut(VisibleText.of(text), MOST_MESSAGE, " …");
    }
}
