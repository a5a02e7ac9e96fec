package browser.notebook;

import browser.http.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lesson.Home;

/** The lessons that are open, one notebook each, however many windows show it. */
public final class Notebooks implements AutoCloseable {
    /** Each has a server and a JVM; who reads on leaves them behind. */
    private static final int MAX_AT_WORK = 3;
    private static final Duration KEPT = Duration.ofMinutes(20);
    /** From here on, what has run in a lesson that nobody looks at goes as well: JShell keeps some 40 MB for each. */
    private static final int MAX_AT_ALL = 5;
    private final Home home;
    private final String db;
    private final Map<String, Notebook> open = new LinkedHashMap<>();

    public Notebooks(Home home, String db) {
        this.home = home;
        this.db = db;
    }

    /** @param lesson "05-indexing" */
    public synchronized Notebook of(String lesson) {
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
        if (open.size() >= MAX_AT_WORK) {
            unseen(open.size() < MAX_AT_ALL ? KEPT : Duration.ZERO).ifPresent(one -> {
                open.remove(one.lesson().id());
                Thread.ofVirtual().start(one::close);
            });
        }
    }

    /** @param kept how long what has run stays, although nobody looks at it */
    private Optional<Notebook> unseen(Duration kept) {
        return open.values().stream().filter(one -> one.runner().isIdle())
            .filter(one -> one.events().isUnseenFor(one.runner().hasRun() ? kept : Duration.ZERO)).findFirst();
    }

    @Override public synchronized void close() {
        try (var each = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List.copyOf(open.values()).forEach(one -> each.submit(one::close));
        }
        open.clear();
    }
}
