package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import kernel.output.OutputJson;
import kernel.output.ValueOutput;

/** Does what the host asks, one order after the other. */
final class RequestLoop {
    private final SnippetRunner snippetRunner;
    private final FrameWriter writer;

    RequestLoop(SnippetRunner snippetRunner, FrameWriter writer) {
        this.snippetRunner = snippetRunner;
        this.writer = writer;
    }

    /** Until the host hangs up. */
    void serve(DataInputStream in) {
        try {
            while (true) {
                var order = Frame.read(in);
                writer.send(Frame.ANSWER, answer(ChildRequest.values()[order.kind()], FrameBody.reading(order.body())));
            }
        } catch (IOException e) {
            // the host has hung up
        }
    }

    private byte[] answer(ChildRequest childRequest, DataInputStream in) {
        try {
            return switch (childRequest) {
                case LOAD -> {
                    snippetRunner.load(classes(in));
                    yield ReplyWriter.done(out -> { });
                }
                case REDEFINE -> {
                    snippetRunner.redefine(classes(in));
                    yield ReplyWriter.done(out -> { });
                }
                case INVOKE -> text(snippetRunner.invoke(FrameBody.text(in), FrameBody.text(in)));
                case TEXT -> text(snippetRunner.varValue(FrameBody.text(in), FrameBody.text(in)));
                case BEGIN -> {
                    HostPage.begin(FrameBody.text(in));
                    yield ReplyWriter.done(out -> { });
                }
                case END -> ReplyWriter.done(out -> {
                    out.writeLong(BoundedOutputStream.leftOut());
                    out.writeInt(HostPage.leftOut());
                });
                case SHOW -> show(in);
                case CARRY -> {
                    var fits = snippetRunner.carry(FrameBody.text(in), FrameBody.text(in), FrameBody.text(in), FrameBody.text(in));
                    yield ReplyWriter.done(out -> out.writeBoolean(fits));
                }
                case ROWS -> {
                    rows(in);
                    yield ReplyWriter.done(out -> { });
                }
                case HAND -> {
                    hand(in);
                    yield ReplyWriter.done(out -> { });
                }
                case STOP, VALUE -> throw new IllegalStateException(childRequest + " is not for this connection");
            };
        } catch (Throwable e) { // the cell's, or an OutOfMemoryError: the host decides what becomes of this process
            return ReplyWriter.failed(e, snippetRunner.failure());
        }
    }

    private static byte[] text(String text) {
        return ReplyWriter.done(out -> FrameBody.text(out, text));
    }

    private static ClassBytecodes[] classes(DataInputStream in) throws IOException {
        var classes = new ClassBytecodes[in.readInt()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new ClassBytecodes(FrameBody.text(in), FrameBody.bytes(in));
        }
        return classes;
    }

    private byte[] show(DataInputStream in) throws Exception {
        var name = FrameBody.text(in);
        var value = snippetRunner.value(FrameBody.text(in), FrameBody.text(in));
        var json = snippetRunner.stoppable(() -> OutputJson.bytes(ValueOutput.of(name, value)), Thread.currentThread().getContextClassLoader());
        return ReplyWriter.done(out -> FrameBody.bytes(out, json));
    }

    private static void rows(DataInputStream in) throws IOException {
        var name = FrameBody.text(in);
        var count = in.readInt();
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < count; i++) {
            var row = new Object[in.readInt()];
            for (int j = 0; j < row.length; j++) {
                row[j] = Values.read(in);
            }
            rows.add(row);
        }
        HostPage.keep(name, rows);
    }

    /** The first text is the class that is to have it, the rest is for its method {@code attach}. */
    private static void hand(DataInputStream in) throws IOException, ReflectiveOperationException {
        var receiver = FrameBody.text(in);
        var count = in.readInt();
        var handed = new HashMap<String, String>();
        for (int i = 0; i < count; i++) {
            handed.put(FrameBody.text(in), FrameBody.text(in));
        }
        Class.forName(receiver).getMethod("attach", java.util.Map.class).invoke(null, handed);
    }
}
