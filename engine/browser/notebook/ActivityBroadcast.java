package browser.notebook;

import browser.http.Events;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
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
            snapshots.get().ifPresent(snapshot -> events.tell("watch", Activity.of(snapshot)));
        } catch (RuntimeException e) {
            events.tell("watch", new Activity(0, List.of(), String.valueOf(e.getMessage())));
        }
    }

    /**
     * Who waits for whom, as the page knows it.
     *
     * @param at   in ms since 1970
     * @param says why it is not known; empty where it is
     */
    record Activity(long at, List<Backend> backends, @JsonInclude(JsonInclude.Include.NON_EMPTY) String says) {
        static Activity of(ActivitySnapshot snapshot) {
            return new Activity(snapshot.at().toEpochMilli(), snapshot.backends().stream().map(Backend::of).toList(), "");
        }
    }

    /** @param waitsFor empty where it does not */
    record Backend(int pid, String session, String role, String state, @JsonProperty("wait") String waitsFor, List<Integer> blockedBy, String lock, String statement, long ms) {
        static Backend of(ActivitySnapshot.Backend one) {
            return new Backend(one.pid(), one.session(), one.role(), one.state(), one.waitsFor(), one.blockedBy(), one.lock(), one.statement(), one.ms());
        }
    }
}
