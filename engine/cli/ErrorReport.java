package cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lab.LabException;
import lab.os.Caches;
import lab.os.IoErrors;
import lab.url.UrlSecrets;
import lesson.MalformedProgram;
import lesson.UnknownName;

/**
 * What is said when a command cannot go on. What can be expected has a sentence of its own; for the rest there is one
 * that says what to report. {@code COURSE_TRACE=1} prints the stack trace of both.
 */
final class ErrorReport {
    private ErrorReport() { }

    /** @return the exit code for a command that could not do its work */
    static int explain(Throwable failure, PrintWriter err) {
        var traced = "1".equals(System.getenv("COURSE_TRACE"));
        if (traced) {
            err.print(trace(failure));
        }
        err.println(UrlSecrets.hidden(switch (failure) {
            case UnknownName unknown -> unknown.getMessage();
            case MalformedProgram malformed -> malformed.getMessage();
            case LabException lab -> lab.getMessage();
            case UncheckedIOException io -> io.getMessage() + ": " + IoErrors.describe(io.getCause());
            case IOException io -> IoErrors.describe(io);
            case OutOfMemoryError memory -> "the memory of this command was not enough (" + memory.getMessage()
                + "): show fewer rows, or give it more with JAVA_TOOL_OPTIONS=-Xmx1g";
            default -> unexpected(failure, traced);
        }));
        err.flush();
        return Main.UNUSABLE;
    }

    private static String unexpected(Throwable failure, boolean traced) {
        var what = "this should not have happened, and is the course's fault: " + failure.toString().lines().findFirst().orElse("")
            + ". Please report it with what you typed";
        if (traced) {
            return what + " and the trace above";
        }
        return what + traceFile(failure).map(file -> " and " + file).orElse("; with COURSE_TRACE=1 the next run prints the trace");
    }

    /** The trace in a file, if it can be written. */
    private static Optional<Path> traceFile(Throwable failure) {
        try {
            var file = Caches.folder("log").resolve("trouble-" + System.currentTimeMillis() + ".txt");
            return Optional.of(Files.writeString(file, trace(failure)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // the disk may be what fails, and the sentence must be printed all the same
        }
    }

    private static String trace(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return UrlSecrets.hidden(trace.toString());
    }
}
