package grading.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import grading.report.Report;
import grading.report.Reports;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kernel.output.VisibleText;

/**
 * {@code results.json} of a test runner, version 3 (https://exercism.org/docs/building/tooling/test-runners/interface).
 *
 * @param status  pass, fail, or error: no check has run, because the answer does not compile or for another reason
 * @param message for error alone, else absent
 * @param tests   none for error
 */
record Exercism(int version, String status, Optional<String> message, List<Test> tests) {
    private static final int VERSION = 3;
    private static final int MOST_OUTPUT = 500;
    private static final int MOST_MESSAGE = 65_535;
    private static final String CUT = "\nOutput was truncated. Please limit to 500 chars";
    /** Rungs that no verifier has: what must be so before a check can run. */
    private static final Set<String> BEFORE = Set.of("encoding", "compiles", "shape", "submission");

    /** A check of the verifier. Exercises have no numbered tasks, so it belongs to none. */
    record Test(String name, String status, Optional<String> message, Optional<String> output, @JsonProperty("test_code") String testCode) { }

    static Exercism of(Report report) {
        var before = report.tests().stream().filter(test -> isBefore(test) && !test.status().equals("pass")).findFirst();
        if (report.status().equals(Reports.ERROR) || before.isPresent()) {
            return error(before.map(Report.Test::message).orElse(report.message()));
        }
        return new Exercism(VERSION, report.status(), Optional.empty(), report.tests().stream().filter(test -> !isBefore(test)).map(Exercism::test).toList());
    }

    static Exercism error(String message) {
        return new Exercism(VERSION, Reports.ERROR, Optional.of(LearningPlatform.cut(VisibleText.of(message), MOST_MESSAGE, " …")), List.of());
    }

    private static boolean isBefore(Report.Test test) {
        return BEFORE.contains(test.method());
    }

    private static Test test(Report.Test test) {
        var message = test.status().equals("pass") ? Optional.<String>empty() : Optional.of(VisibleText.of(test.message()));
        var output = Optional.of(VisibleText.of(test.output())).filter(text -> !text.isEmpty()).map(text -> LearningPlatform.cut(text, MOST_OUTPUT, CUT));
        return new Test(test.name(), test.status(), message, output, test.testCode());
    }
}
