package kernel.jshell.child;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import kernel.output.Output;
import kernel.output.OutputJson;

/** What code in the child may ask of the page that it runs for. */
public final class HostPage {
    private static final int MAX_OUTPUTS = 500;
    private static final int MAX_CHARACTERS = 4 << 20;
    private static final Map<String, List<Object[]>> ROWS = new ConcurrentHashMap<>();
    private static final AtomicInteger OUTPUTS = new AtomicInteger();
    private static final AtomicInteger CHARACTERS = new AtomicInteger();
    private static volatile Consumer<String> listener = id -> { };
    private static volatile FrameWriter writer;

    private HostPage() { }

    static void connect(FrameWriter toHost) {
        writer = toHost;
    }

    /** Calls the listener with the id of each cell before it runs, in the thread that is about to run it. Replaces the one before. */
    public static void onCell(Consumer<String> cellListener) {
        listener = cellListener;
    }

    /** Shows an output on the page, in order with what is printed. Outputs beyond the bounds are counted, and the page says how many. */
    public static void show(Output output) {
        if (OUTPUTS.incrementAndGet() > MAX_OUTPUTS) {
            return;
        }
        var json = OutputJson.bytes(output);
        if (CHARACTERS.addAndGet(json.length) > MAX_CHARACTERS) {
            json = OutputJson.bytes(new Output.Skipped("This output is left out: the cell has shown more than a page can bear."));
        }
        writer.send(ChildMessage.SHOWN, json);
    }

    /** Rows of an SQL cell's result; none where there is no such result. Called by the declaration that the kernel makes of them. */
    public static List<Object[]> rows(String name) {
        return ROWS.getOrDefault(name, List.of());
    }

    static void keep(String name, List<Object[]> rows) {
        ROWS.put(name, rows);
    }

    static void begin(String cell) {
        OUTPUTS.set(0);
        CHARACTERS.set(0);
        BoundedOutputStream.reset();
        listener.accept(cell);
    }

    /** Outputs that were left out since the cell began. */
    static int leftOut() {
        return Math.max(0, OUTPUTS.get() - MAX_OUTPUTS);
    }
}
