package browser.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Tells every window that shows a lesson what happens in it, as server-sent events. */
public final class Events {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_WAITING = 20_000;
    private static final int HEARTBEAT_SECONDS = 15;
    /** As long as a frame of a browser takes, and shorter than anybody sees. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(12);
    private static final Event END = new Event(-1, "end", "", false);
    private final Set<Window> windows = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private volatile long lastSeen = System.nanoTime();

    /**
     * Something that a page has to know.
     *
     * @param data        JSON on one line
     * @param moreFollows whether what it begins may well end within a moment
     */
    private record Event(long number, String type, String data, boolean moreFollows) {
        private byte[] bytes() {
            return ("id: " + number + "\nevent: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A window's events that it has not got yet. One that cannot keep up is dropped; it connects again and begins with the whole state. */
    public static final class Window {
        private final String name;
        private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
        private volatile boolean dropped;

        /** @param name what the window calls itself */
        public Window(String name) {
            this.name = name;
        }
    }

    /** Tells all windows. Never waits. @param data becomes JSON */
    public void tell(String type, Object data) {
        tell(type, data, false);
    }

    /** @param moreFollows whether windows get what follows within a moment together with this, and so draw once */
    public void tell(String type, Object data, boolean moreFollows) {
        if (windows.isEmpty()) {
            numbers.incrementAndGet();
            return;
        }
        var event = event(type, data, moreFollows);
        for (var window : windows) {
            if (!window.waiting.offer(event)) {
                window.dropped = true;
                windows.remove(window);
            }
        }
    }

    /**
     * The window is told everything from now on. The caller sees to it that nothing happens between the state and this.
     *
     * @param state   what it is told first
     * @param notices what it is told next
     */
    public void open(Window window, Object state, List<?> notices) {
        window.waiting.add(event("state", state, false));
        notices.forEach(notice -> window.waiting.add(event("notice", notice, false)));
        windows.add(window);
    }

    private Event event(String type, Object data, boolean moreFollows) {
        return new Event(numbers.incrementAndGet(), type, JSON.writeValueAsString(data), moreFollows);
    }

    /** Whether no window has been open for so long. */
    public boolean isUnseenFor(Duration time) {
        return windows.isEmpty() && System.nanoTime() - lastSeen >= time.toNanos();
    }

    /** Whether a window is open. */
    public boolean isSeen() {
        return !windows.isEmpty();
    }

    /** The names of the windows that are open. */
    public Set<String> windows() {
        return windows.stream().map(window -> window.name).collect(Collectors.toSet());
    }

    /** Ends all streams. */
    public void close() {
        windows.forEach(window -> window.waiting.offer(END));
        windows.clear();
    }

    /**
     * Writes a window's events until it is gone or the notebook closes.
     *
     * @throws IOException where the browser has gone
     */
    public void stream(Window window, OutputStream out) throws IOException, InterruptedException {
        var batch = new ArrayList<Event>();
        try {
            while (!window.dropped || !window.waiting.isEmpty()) {
                var next = window.waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    out.write(":\n\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    batch.add(next);
                    gather(window, batch);
                    for (var event : batch) {
                        if (event == END) {
                            return;
                        }
                        out.write(event.bytes());
                    }
                    batch.clear();
                }
                out.flush();
            }
        } finally {
            windows.remove(window);
            lastSeen = System.nanoTime();
        }
    }

    /** A short cell that was told in three parts would be drawn three times, and each drawing waits for the one before. */
    private static void gather(Window window, List<Event> batch) throws InterruptedException {
        var end = System.nanoTime() + GATHER_NANOS;
        window.waiting.drainTo(batch);
        for (var left = GATHER_NANOS; left > 0 && batch.getLast().moreFollows(); left = end - System.nanoTime()) {
            Optional.ofNullable(window.waiting.poll(left, TimeUnit.NANOSECONDS)).ifPresent(batch::add);
        }
    }
}
