package grading.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import lesson.Exercise;
import lesson.Hashes;

/**
 * A verdict as data: version 3 of the interface of Exercism's test runners, and what else is needed to understand a
 * verdict and to repeat it.
 *
 * @param status   pass, fail or error (could not be judged)
 * @param message  why nothing could be judged; empty otherwise
 * @param exercise "02.1"
 * @param id       an identifier that outlives renumbering
 * @param duration seconds
 */
public record Report(int version, String status, String message, List<Test> tests, String exercise, String id,
                     @JsonProperty("score") long score, @JsonProperty("max_score") long maxScore, double duration,
                     List<String> notes, @JsonProperty("course_version") String courseVersion,
                     @JsonProperty("verifier_hash") String verifierHash, String postgres, String jdk) {
    private static final int VERSION = 3;

    /**
     * @param status     pass, fail or error; Exercism knows no other
     * @param state      passed, failed, timed_out, skipped or broken
     * @param dependency the checks it needs, separated by commas
     * @param seed       of the random data that it used and did not pass with, to be given as {@code COURSE_SEED}; empty for none
     */
    public record Test(String name, @JsonProperty("test_code") String testCode, String status, String state, String message,
                       String output, @JsonProperty("task_id") int taskId, String method, Cause cause, String dependency, String sqlstate,
                       String seed, int score, @JsonProperty("max_score") int maxScore, double duration) { }

    /** As {@link Check.Cause} has it. @param help where to look */
    public record Cause(String what, String expected, String actual, String help) { }

    /** @throws java.io.UncheckedIOException where the verifier's source, which is part of it, cannot be read */
    public static Report of(Verdict verdict) {
        var exercise = verdict.exercise();
        var code = new TestCode(exercise);
        var tests = verdict.checks().stream().map(check -> test(check, code, exercise)).toList();
        var broken = verdict.firstBad().filter(check -> verdict.broken()).map(check -> check.cause().message()).orElse("");
        return new Report(VERSION, verdict.passed() ? "pass" : verdict.broken() ? Reports.ERROR : "fail", broken, tests, exercise.id(), id(exercise),
            verdict.score(), tests.size(), seconds(verdict.took()), verdict.notes(), CourseVersion.of(exercise.lesson().home()),
            Hashes.ofVerifier(exercise), verdict.postgres(), System.getProperty("java.version"));
    }

    /** "pooling/bounded-pool": topics stay when numbers move. */
    public static String id(Exercise exercise) {
        return exercise.lesson().topic() + "/" + exercise.topic();
    }

    private static Test test(Check check, TestCode code, Exercise exercise) {
        var passed = check.status() == Check.Status.PASSED;
        var status = switch (check.status()) {
            case PASSED -> "pass";
            case FAILED, SKIPPED -> "fail";
            case TIMED_OUT, BROKEN -> "error";
        };
        var cause = check.cause();
        return new Test(check.sentence(), code.of(check.name()), status, check.status().name().toLowerCase(Locale.ROOT),
            cause.message(), check.output(), exercise.number(), check.name(),
            new Cause(cause.what(), cause.expected(), cause.actual(), cause.lookAt()), check.needs(), cause.sqlState(), cause.seed(),
            passed ? 1 : 0, 1, seconds(check.took()));
    }

    private static double seconds(java.time.Duration time) {
        return time.toMillis() / 1000.0;
    }
}
