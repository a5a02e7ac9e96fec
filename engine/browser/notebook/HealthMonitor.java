package browser.notebook;

import browser.http.Events;
import browser.notebook.state.RuntimeEvent;
import browser.runtime.Kernels;

/** Looks whether what cells run on is there, as long as a window is open: while no cell runs, nothing else would notice. */
final class HealthMonitor {
    private static final int EVERY_MS = 1_500;
    private final NotebookWriter writer;
    private final NotebookRuntime runtime;
    private final RepeatingTask task;

    HealthMonitor(Events events, NotebookWriter writer, NotebookRuntime runtime) {
        this.writer = writer;
        this.runtime = runtime;
        this.task = new RepeatingTask("health", EVERY_MS, events::isSeen, this::check);
    }

    /** A window has been opened, and is to be told when something dies. */
    void start() {
        task.start();
    }

    private void check() {
        var generation = writer.state().runtime().generation();
        var server = runtime.server();
        var isReady = server.isReady();
        var isGone = isReady && server.isGone();
        writer.post(new RuntimeEvent.HealthChecked(generation, isReady, isGone, runtime.kernels().map(Kernels::isJavaAlive).orElse(true), server.version()));
    }
}
