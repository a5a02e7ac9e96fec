package kernel.jshell.child;

import java.io.DataOutputStream;
import java.io.IOException;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.ResolutionException;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import jdk.jshell.spi.ExecutionControl.UserException;
import kernel.output.Failures;
import kernel.output.OutputJson;

/** Writes how an order went, for the host to read. */
final class ReplyWriter {
    private ReplyWriter() { }

    static byte[] done(FrameBody.Writing result) {
        return FrameBody.bytes(out -> {
            out.writeByte(ReplyStatus.DONE.ordinal());
            result.to(out);
        });
    }

    /** @param raw what the snippet threw, if it was a snippet that failed */
    static byte[] failed(Throwable failure, Throwable raw) {
        return FrameBody.bytes(out -> {
            switch (failure) {
                case StoppedException stopped -> out.writeByte(ReplyStatus.STOPPED.ordinal());
                case ResolutionException unresolved -> {
                    out.writeByte(ReplyStatus.UNRESOLVED.ordinal());
                    out.writeInt(unresolved.id());
                    stack(out, unresolved.getStackTrace());
                }
                case UserException threw -> threw(out, threw, raw);
                case ClassInstallException notRedefined -> {
                    out.writeByte(ReplyStatus.NOT_REDEFINED.ordinal());
                    FrameBody.text(out, notRedefined.getMessage());
                }
                default -> {
                    out.writeByte(ReplyStatus.TROUBLE.ordinal());
                    FrameBody.text(out, String.valueOf(failure.getMessage()));
                }
            }
        });
    }

    private static void threw(DataOutputStream out, UserException threw, Throwable raw) throws IOException {
        out.writeByte(ReplyStatus.THREW.ordinal());
        FrameBody.bytes(out, OutputJson.bytes(Failures.ofCell(raw)));
        var count = 0;
        for (Throwable at = threw; at != null; at = at.getCause()) {
            count++;
        }
        out.writeInt(count);
        for (Throwable at = threw; at != null; at = at.getCause()) {
            FrameBody.text(out, String.valueOf(at.getMessage()));
            FrameBody.text(out, at instanceof UserException user ? user.causeExceptionClass() : at.getClass().getName());
            stack(out, at.getStackTrace());
        }
    }

    private static void stack(DataOutputStream out, StackTraceElement[] stack) throws IOException {
        out.writeInt(stack.length);
        for (var frame : stack) {
            FrameBody.text(out, frame.getClassName());
            FrameBody.text(out, frame.getMethodName());
            FrameBody.text(out, frame.getFileName() == null ? "" : frame.getFileName());
            out.writeInt(frame.getLineNumber());
        }
    }
}
