package browser.notebook;

import browser.http.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import kernel.sql.ActivitySnapshot;

/** Looks at who waits for whom as long as a window that is open wants to see it, and tells all windows. */
final class ActivityBroadcast {
    /** A look costs the server less than a millisecond, and the lessons' waits are short. */
    private static final int EVERY_MS = 200;
    private final Events events;
    private final Supplier<Optional<ActivitySnapshot>> snapshots;
    private final RepeatingTask task;
    private final Set<String> watchers = ConcurrentHashMap.newKeySet();

    /** @param snapshots what is to be seen now; nothing where there is no database */
    ActivityBroadcast(Events events, Supplier<Optional<ActivitySnapshot>> looks) {
        this.events = events;
        this.snapshots = looks;
        this.task = new RepeatingTask("watch", EVERY_MS, this::isWatched, this::broadcast);
    }

    /** @param window the name that the window's events were asked for with */
    void turn(String window, boolean wanted) {
        if (wanted) {
            watchers.add(window);
            task.start();
        } else {
            watchers.remove(window);
        }
    }

    /** A window that goes away does not say so first. */
    private boolean isWatched() {
        watchers.retainAll(events.windows());
        return !watchers.isEmpty();
    }

    private void broadcast() {
        try {
            snapshots.get().ifPresent(seen -> events.tell("watch",
                Map.of("at", seen.at().toEpochMilli(), "backends", seen.backends().stream().map(ActivityBroadcast::view).toList())));
        } catch (RuntimeException e) {
            events.tell("watch", Map.of("at", 0, "backends", List.of(), "says", String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, Object> view(ActivitySnapshot.Backend one) {
        var view = new LinkedHashMap<String, Object>();
        view.put("pid", one.pid());
        view.put("session", one.session());
        view.put("role", one.role());
        view.put("state", one.state());
        view.put("wait", one.waitsFor());
        view.put("blockedBy", one.blockedBy());
        view.put("lock", one.lock());
        view.put("statement", one.statement());
        view.put("ms", one.ms());
        return view;
    }
}
