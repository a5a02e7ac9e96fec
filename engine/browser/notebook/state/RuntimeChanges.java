package browser.notebook.state;

import browser.notebook.state.DatabaseStatus.Kind;

/** How the server and the kernels start. */
final class RuntimeChanges {
    private RuntimeChanges() { }

    static void ensureStarted(Draft draft) {
        if (!draft.state().runtime().isStarted()) {
            draft.runtime(RuntimeState::started);
            draft.database(Kind.STARTING, "", "");
            draft.kernel(KernelStatus.Kind.STARTING, "");
            draft.effect(new Effect.Start(draft.state().runtime().generation()));
        }
    }

    static void starting(Draft draft, RuntimeEvent.DatabaseStarting starting) {
        if (isCurrent(draft, starting.generation())) {
            draft.database(Kind.STARTING, starting.line(), "");
        }
    }

    static void ready(Draft draft, RuntimeEvent.DatabaseReady ready) {
        if (isCurrent(draft, ready.generation())) {
            draft.database(Kind.READY, "", ready.version());
        }
    }

    static void failed(Draft draft, RuntimeEvent.DatabaseFailed failed) {
        if (isCurrent(draft, failed.generation())) {
            draft.database(Kind.LOST, failed.why(), "");
            draft.kernel(KernelStatus.Kind.DEAD, "there is no database");
            draft.broken("The database could not start: " + failed.why(), Notice.TRY_AGAIN);
        }
    }

    /** A cell may have waited for it. */
    static void kernelReady(Draft draft, RuntimeEvent.KernelReady ready) {
        if (isCurrent(draft, ready.generation())) {
            draft.kernel(draft.state().queues().runsJava() ? busy(draft) : KernelStatus.Kind.READY, "");
        }
    }

    static void kernelFailed(Draft draft, RuntimeEvent.KernelFailed failed) {
        if (isCurrent(draft, failed.generation())) {
            draft.runtime(runtime -> runtime.java(false));
            draft.kernel(KernelStatus.Kind.DEAD, failed.why());
            draft.broken("The process for Java cells could not start: " + failed.why(), Notice.TRY_AGAIN);
        }
    }

    static KernelStatus.Kind busy(Draft draft) {
        return draft.state().recovery().isReplaying() ? KernelStatus.Kind.REPLAYING : KernelStatus.Kind.BUSY;
    }

    static boolean isCurrent(Draft draft, int generation) {
        return generation == draft.state().runtime().generation() && !draft.state().isClosed();
    }
}
