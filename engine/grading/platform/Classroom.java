package grading.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import grading.report.Report;
import grading.report.Reports;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import kernel.output.VisibleText;

/**
 * What a grader gives to the reporter of GitHub Classroom (autograding-grading-reporter): JSON, and the same in base64 as the output of a step.
 * The points are those of the checks, so that the reporter's sum is the gradebook's.
 */
record Classroom(int version, String status, @JsonProperty("max_score") long maxScore, List<Test> tests) {
    record Test(String name, String status, String message, long score) { }

    static Map<String, String> files(List<Report> reports, String problem) {
        var json = LearningPlatform.JSON.writeValueAsString(of(reports, problem)) + "\n";
        return Map.of("results.json", json, "result.txt", Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "\n");
    }

    static Classroom of(List<Report> reports, String problem) {
        if (!problem.isEmpty()) {
            return new Classroom(1, Reports.ERROR, 1, List.of(new Test("The submission can be judged", Reports.ERROR, VisibleText.of(problem), 0)));
        }
        var passed = reports.stream().allMatch(report -> report.status().equals("pass"));
        return new Classroom(1, passed ? "pass" : "fail", reports.stream().mapToLong(Report::maxScore).sum(),
            reports.stream().flatMap(report -> report.tests().stream().map(test ->
                new Test(report.exercise() + " " + test.name(), test.status(), VisibleText.of(test.message()), test.score()))).toList());
    }
}
