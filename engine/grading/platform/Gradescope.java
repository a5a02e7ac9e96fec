package grading.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import grading.report.Report;
import java.util.List;
import kernel.output.VisibleText;

/**
 * {@code results.json} of an autograder (https://gradescope-autograders.readthedocs.io/en/latest/specs). All is plain text: what an
 * answer has printed is not HTML there.
 */
record Gradescope(double score, @JsonProperty("execution_time") double executionTime, String output, @JsonProperty("output_format") String outputFormat,
                  String visibility, @JsonProperty("stdout_visibility") String stdoutVisibility, List<Test> tests) {
    private static final int MOST_OUTPUT = 10_000;
    private static final String TEXT = "text";

    record Test(double score, @JsonProperty("max_score") double maxScore, String status, String name, @JsonProperty("name_format") String nameFormat, String output,
                @JsonProperty("output_format") String outputFormat, String visibility) { }

    static Gradescope of(List<Report> reports, String problem) {
        return new Gradescope(reports.stream().mapToLong(Report::score).sum(), reports.stream().mapToDouble(Report::duration).sum(), VisibleText.of(problem), TEXT,
            "visible", "hidden", reports.stream().flatMap(report -> report.tests().stream().map(test -> test(report, test))).toList());
    }

    private static Test test(Report report, Report.Test test) {
        var output = test.message() + (test.output().isEmpty() ? "" : "\nprinted: " + test.output());
        return new Test(test.score(), test.maxScore(), test.state().equals("passed") ? "passed" : "failed", report.exercise() + " " + test.name(), TEXT,
            LearningPlatform.cut(VisibleText.of(output).strip(), MOST_OUTPUT, " …"), TEXT, "visible");
    }
}
