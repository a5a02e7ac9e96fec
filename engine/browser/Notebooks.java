package browser;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson.Home;

/** The lessons that are open, one notebook each, however many windows show it. */
final class Notebooks implements AutoCloseable {
    /** Each has a server and a JVM; who reads on leaves them behind. */
    private static final int MOST_AT_WORK = 3;
    private static final Duration KEPT = Duration.ofMinutes(20);
    private final Home home;
    private final String db;
    private final Map<String, Notebook> open = new LinkedHashMap<>();

    Notebooks(Home home, String db) {
        this.home = home;
        this.db = db;
    }

    /** @param lesson "05-indexing" */
    synchronized Notebook of(String lesson) {
        var known = open.get(lesson);
        if (known == null) {
            known = home.lessons().stream().filter(one -> one.id().equals(lesson)).findFirst()
                .map(one -> new Notebook(one, db)).orElseThrow(() -> Refusal.notFound("lesson " + lesson));
            letOneGo();
        }
        open.remove(lesson);
        open.put(lesson, known);
        return known;
    }

    /** The one that was asked for longest ago, if nobody looks at it. Who looks at another tab now may come back to what has run here. */
    private void letOneGo() {
        if (open.size() >= MOST_AT_WORK) {
            open.values().stream().filter(one -> one.running().isIdle() && one.events().isUnseenFor(one.running().hasRun() ? KEPT : Duration.ZERO))
                .findFirst().ifPresent(one -> {
                    open.remove(one.lesson().id());
                    Thread.ofVirtual().start(one::close);
                });
        }
    }

    @Override public synchronized void close() {
        try (var each = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List.copyOf(open.values()).forEach(one -> each.submit(one::close));
        }
        open.clear();
    }
}
