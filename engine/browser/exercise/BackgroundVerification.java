package browser.exercise;

import book.drawing.HtmlElement;
import browser.http.Refusal;
import grading.host.VerificationService;
import grading.progress.LearnerProgress;
import grading.report.Check;
import grading.report.Verdict;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import lab.LabException;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;

/** Judges exercises in the background, each by itself, and keeps the last verdict on each. */
public final class BackgroundVerification implements AutoCloseable {
    private final Home home;
    private final String db;
    private final Map<String, Map<String, Object>> verdicts = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Set<String> judged = ConcurrentHashMap.newKeySet();
    private VerificationService service;

    BackgroundVerification(Home home, String db) {
        this.home = home;
        this.db = db;
    }

    /** The last verdict, as the page shows it; empty where there is none. */
    Map<String, Object> verdict(Exercise exercise) {
        return verdicts.getOrDefault(exercise.id(), Map.of());
    }

    /** How many verdicts there have been. */
    int count(Exercise exercise) {
        return counts.getOrDefault(exercise.id(), 0);
    }

    void forget(Exercise exercise) {
        verdicts.remove(exercise.id());
    }

    /**
     * Judges the files as they are. Returns at once.
     *
     * @param tells hears that it has begun and what came of it
     * @throws Refusal where the exercise is being judged already
     */
    public void verify(Exercise exercise, Consumer<Map<String, Object>> tells) {
        if (!judged.add(exercise.id())) {
            throw new Refusal(409, "exercise " + exercise.id() + " is being judged already");
        }
        tells.accept(Map.of("id", exercise.id(), "state", "judging", "html", ""));
        Thread.ofVirtual().name("judge " + exercise.id()).start(() -> {
            try {
                var verdict = judge().verify(exercise, exercise.folder());
                LearnerProgress.of(home, Progress.SILENT).judged(verdict);
                verdicts.put(exercise.id(), told(verdict));
                counts.merge(exercise.id(), 1, Integer::sum);
                tells.accept(verdicts.get(exercise.id()));
            } catch (LabException | UncheckedIOException e) {
                tells.accept(Map.of("id", exercise.id(), "state", "broken", "html",
                    HtmlElement.classed("p", "verdict broken", "Could not be judged: " + e.getMessage()).toString()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                judged.remove(exercise.id());
            }
        });
    }

    private static Map<String, Object> told(Verdict verdict) {
        return Map.of("id", verdict.exercise().id(), "state", verdict.passed() ? "passed" : verdict.broken() ? "broken" : "failed",
            "html", VerdictHtml.draw(verdict).toString(), "hint", verdict.firstBad().map(Check::hint).orElse(0));
    }

    private synchronized VerificationService judge() {
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
