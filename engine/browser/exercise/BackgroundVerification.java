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
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private VerificationService service;

    /**
     * What is known of an exercise.
     *
     * @param count   verdicts since the notebook was started: by it a page knows which of two answers is the newer one
     * @param verdict the last one
     * @param html    the last verdict as the page shows it
     */
    record State(boolean isJudging, int count, VerdictWord verdict, String html) {
        private static final State NONE = new State(false, 0, VerdictWord.NONE, "");

        private State begin(Exercise exercise) {
            if (isJudging) {
                throw new Refusal(409, "exercise " + exercise.id() + " is being judged already");
            }
            return new State(true, count, verdict, html);
        }

        private News news(Exercise exercise) {
            return isJudging ? new News(exercise.id(), "judging", "", count) : new News(exercise.id(), verdict.word(), html, count);
        }
    }

    /** What windows are told of an exercise. @param state judging, or the verdict */
    public record News(String id, String state, String html, int judged) { }

    BackgroundVerification(Home home, String db) {
        this.home = home;
        this.db = db;
    }

    State state(Exercise exercise) {
        return states.getOrDefault(exercise.id(), State.NONE);
    }

    /** Forgets the last verdict, which was on other files. */
    void forget(Exercise exercise) {
        change(exercise, old -> new State(old.isJudging(), old.count(), VerdictWord.NONE, ""));
    }

    private State change(Exercise exercise, UnaryOperator<State> by) {
        return states.compute(exercise.id(), (id, known) -> by.apply(known == null ? State.NONE : known));
    }

    /**
     * Verifies the files as they are. Returns at once.
     *
     * @param listener is told that it has begun, and then what came of it, whatever that was
     * @throws Refusal where the exercise is being judged already
     */
    public void verify(Exercise exercise, Consumer<News> listener) {
        var begun = change(exercise, old -> old.begin(exercise));
        Thread.ofVirtual().name("verify " + exercise.id()).start(() -> {
            State ended;
            try {
                listener.accept(begun.news(exercise));
                var verdict = LearnerProgress.of(home, Progress.SILENT).judged(service().verify(exercise, exercise.folder()));
                ended = end(exercise, VerdictWord.of(verdict), VerdictHtml.draw(verdict));
            } catch (LabException | UncheckedIOException e) {
                ended = broken(exercise, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = broken(exercise, "the verification was interrupted");
            } catch (RuntimeException | Error e) {
                ended = broken(exercise, "this should not have happened, and is the course's fault: " + e);
            }
            listener.accept(ended.news(exercise));
        });
    }

    private State end(Exercise exercise, VerdictWord verdict, HtmlElement drawn) {
        return change(exercise, old -> new State(false, old.count() + 1, verdict, drawn.toString()));
    }

    private State broken(Exercise exercise, String why) {
        return end(exercise, VerdictWord.BROKEN, HtmlElement.classed("p", "verdict broken", "Could not be judged: " + why));
    }

    /** The one service of all exercises, which has a server. */
    synchronized VerificationService service() {
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
