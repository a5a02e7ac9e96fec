package browser.exercise;

import browser.http.Refusal;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import grading.progress.LearnerProgress;
import grading.progress.Reset;
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
    private final ExerciseSql sql;
    /** Each is on a page of its own, and every window asks for all of them. */
    private final Map<String, String> titles = new ConcurrentHashMap<>();

    /** @param db the word after {@code --db}, for the verifications */
    public Exercises(Home home, String db) {
        this.home = home;
        this.verification = new BackgroundVerification(home, db);
        this.sql = new ExerciseSql(verification::service);
    }

    /** What a page shows beside the notebook of a lesson. @param exercises of that lesson */
    public record Beside(List<Summary> exercises, CourseProgress progress) { }

    /** All lessons with their exercises, as {@code ./jbang course} shows them. */
    public record CourseProgress(List<LessonProgress> lessons) { }

    /** A lesson with its exercises. */
    public record LessonProgress(String id, String title, List<Summary> exercises) { }

    /**
     * An exercise in a list.
     *
     * @param state what the learner has reached, a word
     * @param words the same for a person
     * @param page  its address below the book's
     */
    public record Summary(String id, String title, String state, String words, String page) { }

    /** What the page of a lesson shows beside its notebook. */
    public Beside beside(Lesson lesson) {
        return new Beside(of(lesson, learner()), progress());
    }

    /** What the learner has reached in the whole course. */
    public CourseProgress progress() {
        var learner = learner();
        return new CourseProgress(home.lessons().stream().map(lesson -> new LessonProgress(lesson.id(), Page.title(lesson), of(lesson, learner))).toList());
    }

    private List<Summary> of(Lesson lesson, LearnerProgress learner) {
        return home.exercises(lesson).stream().map(exercise -> summary(exercise, learner)).toList();
    }

    private Summary summary(Exercise exercise, LearnerProgress learner) {
        var state = learner.state(exercise);
        return new Summary(exercise.id(), titles.computeIfAbsent(exercise.id(), id -> exercise.title()), state.name().toLowerCase(Locale.ROOT),
            state.describe(), "exercises/" + exercise.page().getFileName());
    }

    private LearnerProgress learner() {
        return LearnerProgress.of(home, Progress.SILENT);
    }

    /**
     * All that the page needs to work on an exercise.
     *
     * @param hints   those that were shown, as HTML
     * @param left    how many more there are
     * @param html    the last verdict, drawn
     * @param judging whether it is being judged now
     * @param judged  how often it was, since the notebook was started
     * @param says    what has just happened to the files; empty for nothing
     */
    public record ExerciseState(@JsonUnwrapped Summary summary, List<AnswerFiles.AnswerFile> files, List<String> hints, int left, boolean passed,
                                String html, VerdictWord verdict, boolean judging, int judged, @JsonInclude(JsonInclude.Include.NON_EMPTY) String says) { }

    /** How an exercise is now. */
    public ExerciseState state(Exercise exercise) {
        return state(exercise, "");
    }

    private ExerciseState state(Exercise exercise, String says) {
        var learner = learner();
        var hints = Hints.of(exercise);
        var shown = Math.min(learner.hints(exercise), hints.size());
        var verified = verification.state(exercise);
        return new ExerciseState(summary(exercise, learner), AnswerFiles.of(exercise), hints.subList(0, shown).stream().map(Element::outerHtml).toList(),
            hints.size() - shown, learner.hasPassed(exercise), verified.html(), verified.verdict(), verified.isJudging(), verified.count(), says);
    }

    /** Verifies them. */
    public BackgroundVerification verification() {
        return verification;
    }

    /** Runs SQL on their databases. */
    public ExerciseSql sql() {
        return sql;
    }

    /** A hint as HTML, empty where all were shown, and how many are left. */
    public record NextHint(String html, int left) { }

    /** The next hint. @throws Refusal where the page is not built */
    public NextHint hint(Exercise exercise) {
        var hints = Hints.of(exercise);
        if (hints.isEmpty()) {
            throw new Refusal(404, "the page of exercise " + exercise.id() + " is not built, and the hints are on it; run ./jbang docs");
        }
        var learner = learner();
        var shown = learner.hints(exercise);
        var tier = Math.min(shown + 1, hints.size());
        learner.hinted(exercise, tier);
        return new NextHint(tier == shown ? "" : hints.get(tier - 1).outerHtml(), hints.size() - tier);
    }

    /** The files of a solution. */
    public record SolutionFiles(List<AnswerFiles.AnswerFile> files) { }

    /** The page may ask again, and say that the learner gives up. */
    private record MayGiveUp(boolean giveUp) { }

    /** The files of the solution. @throws Refusal where the exercise has not passed yet, unless the learner gives up */
    public SolutionFiles solution(Exercise exercise, boolean giveUp) {
        if (!giveUp && !learner().hasPassed(exercise)) {
            throw new Refusal(403, "exercise " + exercise.id() + " has not passed yet; a hint may be enough. Ask again to give up.",
                new MayGiveUp(true));
        }
        return new SolutionFiles(AnswerFiles.of(exercise.solution()));
    }

    /** The files as they were given. Those of the learner are moved aside. @return the state, and in it where they are */
    public ExerciseState reset(Exercise exercise) {
        var backup = Reset.of(exercise);
        verification.forget(exercise);
        return state(exercise, "Your files are kept in " + home.shown(backup));
    }

    @Override public void close() {
        sql.close();
        verification.close();
    }
}
