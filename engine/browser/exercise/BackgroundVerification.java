package browser.exercise;

import book.drawing.HtmlElement;
import browser.http.Refusal;
import grading.host.VerificationService;
import grading.progress.LearnerProgress;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import lab.LabException;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;

/** Verifies exercises in the background, each by itself, and keeps the last verdict on each. */
public final class BackgroundVerification implements AutoCloseable {
    private final Home home;
    private final String db;
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private VerificationService service;

    /**
     * How an exercise stands.
     *
     * @param count   verdicts since the notebook began: by it the page sees which of two answers is the newer one
     * @param verdict the last one: passed, failed or broken; empty where there is none
     * @param html    the last verdict as the page shows it
     */
    record Standing(boolean isJudging, int count, String verdict, String html) {
        private static final Standing NONE = new Standing(false, 0, "", "");

        private Standing begin(Exercise exercise) {
            if (isJudging) {
                throw new Refusal(409, "exercise " + exercise.id() + " is being judged already");
            }
            return new Standing(true, count, verdict, html);
        }

        private Map<String, Object> event(Exercise exercise) {
            return Map.of("id", exercise.id(), "state", isJudging ? "judging" : verdict, "html", isJudging ? "" : html, "judged", count);
        }
    }

    BackgroundVerification(Home home, String db) {
        this.home = home;
        this.db = db;
    }

    Standing standing(Exercise exercise) {
        return standings.getOrDefault(exercise.id(), Standing.NONE);
    }

    /** Forgets the last verdict: the files are others now. */
    void forget(Exercise exercise) {
        change(exercise, old -> new Standing(old.isJudging(), old.count(), "", ""));
    }

    private Standing change(Exercise exercise, UnaryOperator<Standing> by) {
        return standings.compute(exercise.id(), (id, known) -> by.apply(known == null ? Standing.NONE : known));
    }

    /**
     * Verifies the files as they are. Returns at once.
     *
     * @param listener hears that it has begun, and then what came of it, whatever that was
     * @throws Refusal where the exercise is being judged already
     */
    public void verify(Exercise exercise, Consumer<Map<String, Object>> listener) {
        var begun = change(exercise, old -> old.begin(exercise));
        Thread.ofVirtual().name("verify " + exercise.id()).start(() -> {
            Standing ended;
            try {
                listener.accept(begun.event(exercise));
                var verdict = service().verify(exercise, exercise.folder());
                LearnerProgress.of(home, Progress.SILENT).judged(verdict);
                ended = end(exercise, VerdictHtml.state(verdict), VerdictHtml.draw(verdict));
            } catch (LabException | UncheckedIOException e) {
                ended = broken(exercise, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = broken(exercise, "the verification was interrupted");
            } catch (RuntimeException | Error e) {
                ended = broken(exercise, "this should not have happened, and is the course's fault: " + e);
            }
            listener.accept(ended.event(exercise));
        });
    }

    private Standing end(Exercise exercise, String verdict, HtmlElement drawn) {
        return change(exercise, old -> new Standing(false, old.count() + 1, verdict, drawn.toString()));
    }

    private Standing broken(Exercise exercise, String why) {
        return end(exercise, "broken", HtmlElement.classed("p", "verdict broken", "Could not be judged: " + why));
    }

    private synchronized VerificationService service() {
        if (service == null) {
            service = VerificationService.open(db, Progress.SILENT);
        }
        return service;
    }

    @Override public synchronized void close() {
        if (service != null) {
            service.close();
        }
    }
}
