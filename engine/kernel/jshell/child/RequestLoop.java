package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jvm.FieldReader;
import jvm.FieldWriter;
import jvm.Frame;
import kernel.output.OutputJson;
import kernel.output.ValueOutput;

/** Does what the host asks, one request after the other. */
final class RequestLoop {
    private final SnippetRunner runner;
    private final FrameWriter writer;

    RequestLoop(SnippetRunner runner, FrameWriter writer) {
        this.runner = runner;
        this.writer = writer;
    }

    /** Until the host closes the connection. */
    void serve(DataInputStream in) {
        try {
            while (true) {
                var frame = Frame.read(in);
                writer.send(ChildMessage.ANSWER, answer(ChildRequest.values()[frame.kind()], new FieldReader(frame.body())).toBytes());
            }
        } catch (IOException e) {
            // the host is gone
        }
    }

    private FieldWriter answer(ChildRequest request, FieldReader in) {
        try {
            return switch (request) {
                case LOAD -> {
                    runner.load(classes(in));
                    yield ReplyWriter.done();
                }
                case REDEFINE -> {
                    runner.redefine(classes(in));
                    yield ReplyWriter.done();
                }
                case INVOKE -> ReplyWriter.done().text(runner.invoke(in.text(), in.text()));
                case TEXT -> ReplyWriter.done().text(runner.varValue(in.text(), in.text()));
                case BEGIN -> {
                    HostPage.begin(in.text());
                    yield ReplyWriter.done();
                }
                case END -> ReplyWriter.done().longNumber(BoundedOutputStream.leftOut()).number(HostPage.leftOut());
                case SHOW -> show(in);
                case MOVE -> ReplyWriter.done().flag(runner.move(in.text(), in.text(), in.text(), in.text()));
                case ROWS -> {
                    HostPage.keep(in.text(), in.list(row -> row.list(Values::read).toArray()));
                    yield ReplyWriter.done();
                }
                case ATTACH -> {
                    attach(in);
                    yield ReplyWriter.done();
                }
                case STOP, VALUE -> throw new IllegalStateException(request + " is not for this connection");
            };
        } catch (Throwable e) { // the cell's, or an OutOfMemoryError: the host decides what becomes of this process
            return ReplyWriter.failed(e, runner.failure());
        }
    }

    private static ClassBytecodes[] classes(FieldReader in) throws IOException {
        return in.list(each -> new ClassBytecodes(each.text(), each.bytes())).toArray(ClassBytecodes[]::new);
    }

    private FieldWriter show(FieldReader in) throws Exception {
        var name = in.text();
        var value = runner.value(in.text(), in.text());
        var json = runner.stoppable(() -> OutputJson.bytes(ValueOutput.of(name, value)), Thread.currentThread().getContextClassLoader());
        return ReplyWriter.done().bytes(json);
    }

    /** The first text is the class that gets the rest, by its static method {@code attach}. */
    private static void attach(FieldReader in) throws IOException, ReflectiveOperationException {
        var receiver = in.text();
        var settings = new HashMap<String, String>();
        for (int left = in.number(); left > 0; left--) {
            settings.put(in.text(), in.text());
        }
        Class.forName(receiver).getMethod("attach", Map.class).invoke(null, settings);
    }
}
