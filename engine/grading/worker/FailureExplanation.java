package grading.worker;

import grading.Mismatch;
import grading.report.Check.Cause;
import grading.report.Got;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import kernel.output.Failures;
import kernel.output.RoutineSources;
import lab.SqlErrors;

/**
 * Says of a failure what a learner can use: what was claimed, expected and got, and the line of the answer to look at. Frames of
 * the course, of JUnit and of the JDK are left out.
 */
final class FailureExplanation {
    private static final int MAX_CHARACTERS = 4_000;

    private FailureExplanation() { }

    /**
     * @param answer  the answer's classes, by name
     * @param sources of the routines in which PostgreSQL may have refused something
     */
    static Cause of(Throwable failure, Map<String, byte[]> answer, RoutineSources sources) {
        var sqlState = Failures.sqlState(failure);
        return switch (failure) {
            case Mismatch m -> new Cause(m.what(), m.expected(), got(m, sources), m.lookAt(), sqlState, "");
            case AssertionError e -> new Cause("", "", String.valueOf(e.getMessage()), place(e, answer).orElse(""), sqlState);
            case AnswerOutput.Flood e -> new Cause("", "output that ends", e.getMessage(), place(e, answer).orElse(""), sqlState);
            case LinkageError e -> new Cause("", "classes that fit together", e.toString(), place(e, answer).orElse(""), sqlState);
            default -> new Cause("", "no exception", sources.told(describe(failure)), place(failure, answer).orElse(""), sqlState);
        };
    }

    private static Got got(Mismatch mismatch, RoutineSources sources) {
        return mismatch.plan().map(plan -> new Got(mismatch.actual(), plan.figure(), plan.described()))
            .orElseGet(() -> Got.of(sources.told(mismatch.actual())));
    }

    private static String describe(Throwable failure) {
        var text = new StringBuilder();
        for (var at = failure; at != null && text.length() < MAX_CHARACTERS; at = at.getCause()) {
            var message = at instanceof SQLException sql ? SqlErrors.describe(sql) : at.getMessage();
            text.append(text.isEmpty() ? "" : "\ncaused by ").append(at.getClass().getSimpleName()).append(message == null ? "" : ": " + message);
        }
        return text.toString();
    }

    /** "BoundedPool.java:17", the innermost line of the answer in the chain of causes. */
    static Optional<String> place(Throwable failure, Map<String, byte[]> answer) {
        var found = Optional.<String>empty();
        for (var at = failure; at != null; at = at.getCause()) {
            var here = place(at.getStackTrace(), answer);
            found = here.isPresent() ? here : found;
        }
        return found;
    }

    private static Optional<String> place(StackTraceElement[] frames, Map<String, byte[]> answer) {
        for (var frame : frames) {
            if (answer.containsKey(frame.getClassName())) {
                return Optional.of(frame.getFileName() + ":" + frame.getLineNumber());
            }
        }
        return Optional.empty();
    }

    /** Where a thread is in the answer, or else any other thread; empty where none is. */
    static String place(Thread thread, Map<String, byte[]> answer) {
        return place(thread.getStackTrace(), answer)
            .or(() -> Thread.getAllStackTraces().values().stream().flatMap(frames -> place(frames, answer).stream()).findFirst())
            .orElse("");
    }

    /** Where the answer has called {@code System.exit}; empty text where its line is not known, nothing where nobody has. */
    static Optional<String> placeOfExit(Map<String, byte[]> answer) {
        return Thread.getAllStackTraces().values().stream()
            .filter(frames -> Arrays.stream(frames).anyMatch(f -> f.getClassName().equals("java.lang.Runtime") && f.getMethodName().equals("exit")))
            .findFirst().map(frames -> place(frames, answer).orElse(""));
    }
}
