package browser.notebook;

import browser.http.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import lesson.Home;

/** The lessons that are open, one notebook each, however many windows show it. */
public final class Notebooks implements AutoCloseable {
    /** Each has a server and a JVM. From here on, a lesson that nobody looks at is closed when another is opened. */
    private static final int MAX_OPEN = 3;
    /** How long a lesson in which something has run stays open all the same: its reader may come back from another tab. */
    private static final Duration KEPT = Duration.ofMinutes(20);
    /** From here on, it is closed too: JShell keeps some 40 MB for each. */
    private static final int MAX_KEPT = 5;
    private final Home home;
    private final String db;
    /** The one that was asked for longest ago comes first. */
    private final Map<String, Notebook> open = new LinkedHashMap<>();

    public Notebooks(Home home, String db) {
        this.home = home;
        this.db = db;
    }

    /**
     * The notebook of a lesson, which is opened where it is not open yet.
     *
     * @param lesson "05-indexing"
     * @throws Refusal where there is no such lesson
     */
    public synchronized Notebook of(String lesson) {
        var known = open.get(lesson);
        if (known == null) {
            known = home.lessons().stream().filter(one -> one.id().equals(lesson)).findFirst()
                .map(one -> new Notebook(one, db)).orElseThrow(() -> Refusal.notFound("lesson " + lesson));
            closeOne();
        }
        open.remove(lesson);
        open.put(lesson, known);
        return known;
    }

    private void closeOne() {
        if (open.size() >= MAX_OPEN) {
            unseen(open.size() < MAX_KEPT ? KEPT : Duration.ZERO).ifPresent(one -> {
                open.remove(one.lesson().id());
                Thread.ofVirtual().start(one::close);
            });
        }
    }

    /** @param kept how long what has run is kept, although nobody looks at it */
    private Optional<Notebook> unseen(Duration kept) {
        return open.values().stream().filter(one -> one.state().isIdle())
            .filter(one -> one.events().isUnseenFor(one.state().hasRun() ? kept : Duration.ZERO)).findFirst();
    }

    @Override public synchronized void close() {
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            List.copyOf(open.values()).forEach(one -> each.submit(one::close));
        }
        open.clear();
    }
}
