package grading.worker;

import grading.Mismatch;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import kernel.output.Failures;

/**
 * A failure in the learner's words: what was claimed, expected, got, where to look. Frames of the course, of JUnit and
 * of the JDK are nobody's business; the line of the answer is.
 */
record FailureExplanation(String what, String expected, String actual, String lookAt, String sqlState) {

    /** @param sources file names of the answer's Java sources */
    static FailureExplanation of(Throwable failure, Map<String, byte[]> answer) {
        var sqlState = Failures.sqlState(failure);
        return switch (failure) {
            case Mismatch m -> new FailureExplanation(m.what(), m.expected(), m.actual(), m.lookAt(), sqlState);
            case AssertionError e -> new FailureExplanation("", "", String.valueOf(e.getMessage()), place(e, answer).orElse(""), sqlState);
            case AnswerOutput.Flood e -> new FailureExplanation("", "output that ends", e.getMessage(), place(e, answer).orElse(""), sqlState);
            case LinkageError e -> new FailureExplanation("", "classes that fit together", e.toString(), place(e, answer).orElse(""), sqlState);
            default -> new FailureExplanation("", "no exception", described(failure), place(failure, answer).orElse(""), sqlState);
        };
    }

    private static String described(Throwable failure) {
        var words = new StringBuilder();
        for (var at = failure; at != null && words.length() < 4000; at = at.getCause()) {
            words.append(words.isEmpty() ? "" : "\ncaused by ").append(at.getClass().getSimpleName())
                .append(at.getMessage() == null ? "" : ": " + at.getMessage())
                .append(at instanceof SQLException sql && sql.getSQLState() != null ? " (SQLSTATE " + sql.getSQLState() + ")" : "");
        }
        return words.toString();
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

    static Optional<String> place(StackTraceElement[] frames, Map<String, byte[]> answer) {
        for (var frame : frames) {
            if (answer.containsKey(frame.getClassName())) {
                return Optional.of(frame.getFileName() + ":" + frame.getLineNumber());
            }
        }
        return Optional.empty();
    }
}
