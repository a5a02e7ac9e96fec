package kernel.jshell.child;

import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.ResolutionException;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import jdk.jshell.spi.ExecutionControl.UserException;
import jvm.FieldWriter;
import kernel.output.Failures;
import kernel.output.OutputJson;

/** Writes how a request went, for the host to read. */
final class ReplyWriter {
    private ReplyWriter() { }

    /** A reply that the result, if there is one, is added to. */
    static FieldWriter done() {
        return status(ReplyStatus.DONE);
    }

    /** @param raw what the snippet threw, if it was a snippet that failed */
    static FieldWriter failed(Throwable failure, Throwable raw) {
        return switch (failure) {
            case StoppedException stopped -> status(ReplyStatus.STOPPED);
            case ResolutionException unresolved -> stack(status(ReplyStatus.UNRESOLVED).number(unresolved.id()), unresolved.getStackTrace());
            case UserException threw -> threw(threw, raw);
            case ClassInstallException notRedefined -> status(ReplyStatus.NOT_REDEFINED).text(notRedefined.getMessage());
            default -> status(ReplyStatus.TROUBLE).text(String.valueOf(failure.getMessage()));
        };
    }

    private static FieldWriter status(ReplyStatus status) {
        return new FieldWriter().octet(status.ordinal());
    }

    private static FieldWriter threw(UserException threw, Throwable raw) {
        var causes = Stream.<Throwable>iterate(threw, cause -> cause != null, Throwable::getCause).toList();
        return status(ReplyStatus.THREW).bytes(OutputJson.bytes(Failures.ofCell(raw))).list(causes, (out, cause) -> {
            out.text(String.valueOf(cause.getMessage()));
            out.text(cause instanceof UserException user ? user.causeExceptionClass() : cause.getClass().getName());
            stack(out, cause.getStackTrace());
        });
    }

    private static FieldWriter stack(FieldWriter to, StackTraceElement[] stack) {
        return to.list(List.of(stack), (out, frame) -> out.text(frame.getClassName()).text(frame.getMethodName())
            .text(frame.getFileName() == null ? "" : frame.getFileName()).number(frame.getLineNumber()));
    }
}
