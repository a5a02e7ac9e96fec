package browser.notebook;

import browser.http.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kernel.sql.SessionState;

/** The state of kernel, database and sessions, for every window, also those that open later. Used under the notebook's lock. */
final class SessionStatus {
    /** The one button of a notice, and the command that it sends. */
    record Action(String label, String path, Map<String, Object> body) { }

    /** On the page a notice takes the place of an older one with the same key. */
    private static final String BROKEN = "broken";
    static final Action TRY_AGAIN = new Action("Try again", "reset", Map.of());
    static final Action REPLAY = new Action("Start a fresh database and run the finished cells again", "reset", Map.of("replay", true));

    private final Events events;
    private Map<String, Object> kernel = Map.of("status", "none", "says", "");
    private Map<String, Object> database = Map.of("status", "none", "says", "", "version", "");
    private List<Map<String, Object>> sessions = List.of();
    private List<Map<String, Object>> problems = List.of();

    SessionStatus(Events events) {
        this.events = events;
    }

    Map<String, Object> view() {
        return Map.of("kernel", kernel, "database", database, "sessions", sessions);
    }

    void kernel(String status, String says) {
        kernel = Map.of("status", status, "says", says);
        events.tell("kernel", kernel);
    }

    void database(String status, String says, String version) {
        database = Map.of("status", status, "says", says, "version", version);
        events.tell("database", database);
    }

    boolean isDatabaseLost() {
        return "lost".equals(database.get("status"));
    }

    boolean isKernelDead() {
        return "dead".equals(kernel.get("status"));
    }

    void sessions(List<SessionState> states) {
        var now = states.stream().map(SessionStatus::view).toList();
        if (!now.equals(sessions)) {
            sessions = now;
            events.tell("sessions", Map.of("sessions", now));
        }
    }

    private static Map<String, Object> view(SessionState state) {
        return Map.of("name", state.name(), "role", state.role().word(), "pid", state.pid(), "running", state.running(),
            "transaction", state.transaction().name().toLowerCase(Locale.ROOT));
    }

    void cell(NotebookCell notebookCell) {
        events.tell("cell", notebookCell.statusView(), notebookCell.status.isBusy());
    }

    void cleared(NotebookCell notebookCell) {
        events.tell("clear", Map.of("id", notebookCell.id));
        cell(notebookCell);
    }

    void notice(String level, String text) {
        events.tell("notice", Map.of("level", level, "text", text));
    }

    void notice(String level, String text, Action action) {
        var notice = new LinkedHashMap<String, Object>(Map.of("level", level, "text", text, "key", BROKEN));
        notice.put("action", action);
        problems = List.of(notice);
        events.tell("notice", notice);
    }

    /** The notices that a window which opens later has to be told as well: what is broken, with the button that repairs it. */
    List<Map<String, Object>> problems() {
        return problems;
    }

    /**
     * What was broken is being repaired, or works again.
     *
     * @param says that, to the learner; empty where nothing is to be said
     */
    void solved(String says) {
        problems = List.of();
        if (!says.isEmpty()) {
            events.tell("notice", Map.of("level", "info", "text", says, "key", BROKEN));
        }
    }
}
