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
    /** A snapshot costs the server less than a millisecond, and the lessons' waits are short. */
    private static final int EVERY_MS = 200;
    private final Events events;
    private final Supplier<Optional<ActivitySnapshot>> snapshots;
    private final RepeatingTask task;
    private final Set<String> watchers = ConcurrentHashMap.newKeySet();

    /** @param snapshots what is to be seen now; nothing where there is no database */
    ActivityBroadcast(Events events, Supplier<Optional<ActivitySnapshot>> snapshots) {
        this.events = events;
        this.snapshots = snapshots;
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
            snapshots.get().ifPresent(snapshot -> events.tell("watch",
                Map.of("at", snapshot.at().toEpochMilli(), "backends", snapshot.backends().stream().map(ActivityBroadcast::view).toList())));
        } catch (RuntimeException e) {
            events.tell("watch", Map.of("at", 0, "backends", List.of(), "says", String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, Object> view(ActivitySnapshot.Backend backend) {
        var view = new LinkedHashMap<String, Object>();
        view.put("pid", backend.pid());
        view.put("session", backend.session());
        view.put("role", backend.role());
        view.put("state", backend.state());
        view.put("wait", backend.waitsFor());
        view.put("blockedBy", backend.blockedBy());
        view.put("lock", backend.lock());
        view.put("statement", backend.statement());
        view.put("ms", backend.ms());
        return view;
    }
}
