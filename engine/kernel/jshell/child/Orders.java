package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import kernel.output.Answer;
import kernel.output.OutputJson;

/** Does what the host asks, one order after the other. */
final class Orders {
    private final Runner runner;
    private final Talk talk;

    Orders(Runner runner, Talk talk) {
        this.runner = runner;
        this.talk = talk;
    }

    /** Until the host hangs up. */
    void serve(DataInputStream in) {
        try {
            while (true) {
                var order = Frame.read(in);
                talk.send(Frame.ANSWER, answer(Order.values()[order.kind()], Wire.reading(order.body())));
            }
        } catch (IOException e) {
            // the host has hung up
        }
    }

    private byte[] answer(Order order, DataInputStream in) {
        try {
            return switch (order) {
                case LOAD -> {
                    runner.load(classes(in));
                    yield Answers.done(out -> { });
                }
                case REDEFINE -> {
                    runner.redefine(classes(in));
                    yield Answers.done(out -> { });
                }
                case INVOKE -> text(runner.invoke(Wire.text(in), Wire.text(in)));
                case TEXT -> text(runner.varValue(Wire.text(in), Wire.text(in)));
                case BEGIN -> {
                    Page.begin(Wire.text(in));
                    yield Answers.done(out -> { });
                }
                case END -> Answers.done(out -> {
                    out.writeLong(Printing.leftOut());
                    out.writeInt(Page.leftOut());
                });
                case SHOW -> show(in);
                case CARRY -> {
                    var fits = runner.carry(Wire.text(in), Wire.text(in), Wire.text(in), Wire.text(in));
                    yield Answers.done(out -> out.writeBoolean(fits));
                }
                case ROWS -> {
                    rows(in);
                    yield Answers.done(out -> { });
                }
                case HAND -> {
                    hand(in);
                    yield Answers.done(out -> { });
                }
                case STOP, VALUE -> throw new IllegalStateException(order + " is not for this connection");
            };
        } catch (Throwable e) { // the cell's, or an OutOfMemoryError: the host decides what becomes of this process
            return Answers.failed(e, runner.failure());
        }
    }

    private static byte[] text(String text) {
        return Answers.done(out -> Wire.text(out, text));
    }

    private static ClassBytecodes[] classes(DataInputStream in) throws IOException {
        var classes = new ClassBytecodes[in.readInt()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new ClassBytecodes(Wire.text(in), Wire.bytes(in));
        }
        return classes;
    }

    private byte[] show(DataInputStream in) throws Exception {
        var name = Wire.text(in);
        var value = runner.value(Wire.text(in), Wire.text(in));
        var json = runner.stoppable(() -> OutputJson.bytes(Answer.of(name, value)), Thread.currentThread().getContextClassLoader());
        return Answers.done(out -> Wire.bytes(out, json));
    }

    private static void rows(DataInputStream in) throws IOException {
        var name = Wire.text(in);
        var count = in.readInt();
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < count; i++) {
            var row = new Object[in.readInt()];
            for (int j = 0; j < row.length; j++) {
                row[j] = Values.read(in);
            }
            rows.add(row);
        }
        Page.keep(name, rows);
    }

    /** The first text is the class that is to have it, the rest is for its method {@code attach}. */
    private static void hand(DataInputStream in) throws IOException, ReflectiveOperationException {
        var receiver = Wire.text(in);
        var count = in.readInt();
        var handed = new HashMap<String, String>();
        for (int i = 0; i < count; i++) {
            handed.put(Wire.text(in), Wire.text(in));
        }
        Class.forName(receiver).getMethod("attach", java.util.Map.class).invoke(null, handed);
    }
}
