package browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson.Home;

/** The lessons that are open, one notebook each, however many windows show it. */
final class Notebooks implements AutoCloseable {
    private final Home home;
    private final String db;
    private final Map<String, Notebook> open = new LinkedHashMap<>();

    Notebooks(Home home, String db) {
        this.home = home;
        this.db = db;
    }

    /** @param lesson "05-indexing" */
    synchronized Notebook of(String lesson) {
        return open.computeIfAbsent(lesson, id -> home.lessons().stream().filter(one -> one.id().equals(id)).findFirst()
            .map(one -> new Notebook(one, db)).orElseThrow(() -> Refusal.notFound("lesson " + id)));
    }

    @Override public synchronized void close() {
        List.copyOf(open.values()).parallelStream().forEach(Notebook::close);
        open.clear();
    }
}
