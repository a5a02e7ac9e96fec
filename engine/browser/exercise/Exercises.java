package browser.exercise;

import browser.http.Refusal;
import grading.progress.LearnerProgress;
import grading.progress.Reset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lab.Progress;
import lesson.Exercise;
import lesson.Hints;
import lesson.Home;
import lesson.Lesson;
import lesson.Page;
import org.jsoup.nodes.Element;

/** The exercises as the page shows them: the same files, verdicts and progress that the commands have. */
public final class Exercises implements AutoCloseable {
    private final Home home;
    private final BackgroundVerification verification;
    /** Each is on a page of its own, and every window asks for all of them. */
    private final Map<String, String> titles = new ConcurrentHashMap<>();

    /** @param db the word after {@code --db}, for the verifications */
    public Exercises(Home home, String db) {
        this.home = home;
        this.verification = new BackgroundVerification(home, db);
    }

    /** All lessons with their exercises, as {@code ./jbang course} shows them. */
    public Map<String, Object> progress() {
        var learner = learner();
        return Map.of("lessons", home.lessons().stream().map(lesson -> Map.of("id", lesson.id(), "title", Page.title(lesson),
            "exercises", of(lesson, learner))).toList());
    }

    /** The exercises of a lesson: id, title, state, words, page. */
    public List<Map<String, Object>> of(Lesson lesson) {
        return of(lesson, learner());
    }

    private List<Map<String, Object>> of(Lesson lesson, LearnerProgress learner) {
        return home.exercises(lesson).stream().map(exercise -> summary(exercise, learner)).toList();
    }

    private Map<String, Object> summary(Exercise exercise, LearnerProgress learner) {
        var state = learner.state(exercise);
        return Map.of("id", exercise.id(), "title", titles.computeIfAbsent(exercise.id(), id -> exercise.title()), "state", state.name().toLowerCase(Locale.ROOT),
            "words", state.describe(), "page", "exercises/" + exercise.page().getFileName());
    }

    private LearnerProgress learner() {
        return LearnerProgress.of(home, Progress.SILENT);
    }

    /** All that the page needs to work on an exercise. */
    public Map<String, Object> state(Exercise exercise) {
        var learner = learner();
        var state = new LinkedHashMap<>(summary(exercise, learner));
        var hints = Hints.of(exercise);
        var shown = Math.min(learner.hints(exercise), hints.size());
        state.put("files", AnswerFiles.of(exercise));
        state.put("hints", hints.subList(0, shown).stream().map(Element::outerHtml).toList());
        state.put("left", hints.size() - shown);
        state.put("passed", learner.hasPassed(exercise));
        var verified = verification.state(exercise);
        state.put("html", verified.html());
        state.put("verdict", verified.verdict());
        state.put("judging", verified.isJudging());
        state.put("judged", verified.count());
        return state;
    }

    /** Verifies them. */
    public BackgroundVerification verification() {
        return verification;
    }

    /** The next hint, and how many are left; an empty one where all were shown. @throws Refusal where the page is not built */
    public Map<String, Object> hint(Exercise exercise) {
        var hints = Hints.of(exercise);
        if (hints.isEmpty()) {
            throw new Refusal(404, "the page of exercise " + exercise.id() + " is not built, and the hints are on it; run ./jbang docs");
        }
        var learner = learner();
        var shown = learner.hints(exercise);
        var tier = Math.min(shown + 1, hints.size());
        learner.hinted(exercise, tier);
        return Map.of("html", tier == shown ? "" : hints.get(tier - 1).outerHtml(), "left", hints.size() - tier);
    }

    /** The files of the solution. @throws Refusal where the exercise has not passed yet, unless the learner gives up */
    public Map<String, Object> solution(Exercise exercise, boolean giveUp) {
        if (!giveUp && !learner().hasPassed(exercise)) {
            throw new Refusal(403, "exercise " + exercise.id() + " has not passed yet; a hint may be enough. Ask again to give up.",
                Map.of("giveUp", true));
        }
        return Map.of("files", AnswerFiles.of(exercise.solution()));
    }

    /** The files as they were given. Those of the learner are moved aside. @return the state, and in it where they are */
    public Map<String, Object> reset(Exercise exercise) {
        var backup = Reset.of(exercise);
        verification.forget(exercise);
        var state = new LinkedHashMap<>(state(exercise));
        state.put("says", "Your files are kept in " + home.root().relativize(backup));
        return state;
    }

    @Override public void close() {
        verification.close();
    }
}
