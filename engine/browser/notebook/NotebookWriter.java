package browser.notebook;

import browser.http.Refusal;
import browser.notebook.state.Effect;
import browser.notebook.state.NotebookEvent;
import browser.notebook.state.NotebookState;
import browser.notebook.state.PageCommand;
import browser.notebook.state.RuntimeEvent;
import browser.notebook.state.Transition;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread that owns the state of a notebook. It takes one event after the other, has {@link Transition} say what becomes of
 * the state, and begins the effects of that in their order. It waits for nothing but the file of what was written; whatever takes
 * long is done by other threads, which post how it went. Everybody may read the newest state, which never changes.
 */
final class NotebookWriter {
    /** Less than a page waits for an answer. */
    private static final int PATIENCE_SECONDS = 15;
    private static final int MANY = 100;
    private final BlockingQueue<Posted> inbox = new LinkedBlockingQueue<>();
    private volatile NotebookState state;
    private volatile boolean hasEnded;

    /** @param taken the state right after the event; completes exceptionally where the event was refused */
    private record Posted(NotebookEvent event, CompletableFuture<NotebookState> taken) { }

    NotebookWriter(NotebookState initial) {
        this.state = initial;
    }

    /** Takes events from now on. @return the thread, which ends after {@link RuntimeEvent.Closed} */
    Thread start(String name, NotebookEffects effects) {
        return Thread.ofVirtual().name(name).start(() -> takeAll(effects));
    }

    /** The newest state. */
    NotebookState state() {
        return state;
    }

    /**
     * Has a command carried out.
     *
     * @return the state right after it
     * @throws Refusal where it cannot be carried out; then nothing has changed
     */
    NotebookState ask(PageCommand command) throws InterruptedException {
        try {
            return post(command).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new Refusal(503, "the notebook was too busy to take this within " + PATIENCE_SECONDS + " s; try again");
        }
    }

    /** Returns at once. @return completes when the event has been taken */
    CompletableFuture<NotebookState> post(NotebookEvent event) {
        var posted = new Posted(event, new CompletableFuture<>());
        inbox.add(posted);
        if (hasEnded) {
            refuseRest();
        }
        return posted.taken();
    }

    /** The same; waits where many events wait already, so that whoever posts faster than windows are told is slowed down. */
    void postPatiently(RuntimeEvent event) {
        var taken = post(event);
        if (inbox.size() > MANY) {
            taken.handle((next, refused) -> next).join();
        }
    }

    private void takeAll(NotebookEffects effects) {
        try {
            NotebookEvent last;
            do {
                last = take(inbox.take(), effects);
            } while (!(last instanceof RuntimeEvent.Closed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hasEnded = true;
            refuseRest();
        }
    }

    private NotebookEvent take(Posted posted, NotebookEffects effects) {
        try {
            var next = Transition.of(state, posted.event());
            next.effects().stream().filter(Effect.Keep.class::isInstance).map(Effect.Keep.class::cast).forEach(effects::keep);
            state = next.state();
            next.effects().forEach(effect -> begin(effect, next.state(), effects));
            posted.taken().complete(next.state());
        } catch (RuntimeException e) {
            posted.taken().completeExceptionally(e);
            if (!(e instanceof Refusal)) {
                effects.tellFault(e);
            }
        }
        return posted.event();
    }

    private static void begin(Effect effect, NotebookState state, NotebookEffects effects) {
        try {
            effects.begin(effect, state);
        } catch (RuntimeException e) {
            effects.tellFault(e); // those that follow are due all the same
        }
    }

    private void refuseRest() {
        for (var posted = inbox.poll(); posted != null; posted = inbox.poll()) {
            posted.taken().completeExceptionally(new Refusal(409, "this notebook was closed; load the page again"));
        }
    }
}
