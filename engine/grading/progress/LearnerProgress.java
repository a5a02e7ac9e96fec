package grading.progress;

import grading.progress.ProgressFile.Entry;
import grading.report.Report;
import grading.report.Verdict;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import lab.Progress;
import lab.os.StateFile;
import lesson.Exercise;
import lesson.Hashes;
import lesson.Home;

/**
 * What a learner has done, in {@code .course/progress.json}. The answer itself carries no mark. Keys are topics, which
 * stay when numbers move.
 */
public final class LearnerProgress {
    private final StateFile<ProgressFile.Data> file;
    private ProgressFile.Data data;

    /** Where an exercise stands. */
    public enum State {
        /** The files are as they were given. */
        NEW("not begun"),
        STARTED("begun"),
        PASSED("passed"),
        /** It passed once, and the files were changed since. */
        CHANGED("passed before, changed since"),
        /** It passed once, and the files as they are now were judged and did not. */
        WORSE("passed before; this version does not");

        private final String description;

        State(String description) {
            this.description = description;
        }

        /** For the learner: "passed before, changed since". */
        public String describe() {
            return description;
        }
    }

    private LearnerProgress(StateFile<ProgressFile.Data> file) {
        this.file = file;
        this.data = file.read();
    }

    /**
     * The progress as it is now, kept in this clone; where the clone is read-only, in the cache, which is reported once.
     *
     * @throws java.io.UncheckedIOException with what to do, where the file is damaged or cannot be read
     */
    public static LearnerProgress of(Home home, Progress progress) {
        return new LearnerProgress(ProgressFile.of(home, progress));
    }

    /** Where an exercise stands, by the files as they are now. */
    public State state(Exercise exercise) {
        var entry = entry(exercise);
        var hash = Hashes.ofAnswer(exercise.folder());
        if (!entry.firstPass().isEmpty()) {
            return entry.passedHash().equals(hash) ? State.PASSED : entry.triedHash().equals(hash) ? State.WORSE : State.CHANGED;
        }
        return hash.equals(Hashes.ofAnswer(exercise.starter())) ? State.NEW : State.STARTED;
    }

    /** Whether it passed at least once, whatever became of the files since. */
    public boolean hasPassed(Exercise exercise) {
        return !entry(exercise).firstPass().isEmpty();
    }

    /** How many of its hints were shown. */
    public int hints(Exercise exercise) {
        return entry(exercise).hints();
    }

    /** How many verdicts there were, those that passed included. */
    public int tries(Exercise exercise) {
        return entry(exercise).tries();
    }

    /**
     * Keeps the result of a verification of the learner's files. A verification that could not be made counts as no try.
     *
     * @return the verdict; with a note where the exercise has passed before and this version has not
     */
    public Verdict judged(Verdict verdict) {
        if (verdict.broken()) {
            return verdict;
        }
        change(verdict.exercise(), old -> verdict.passed() ? old.passed(verdict.answerHash(), now()) : old.failed(verdict.answerHash()));
        return !verdict.passed() && hasPassed(verdict.exercise()) ? verdict.withNote(State.WORSE.describe()) : verdict;
    }

    /** Keeps that so many of its hints were shown; fewer than before change nothing. */
    public void hinted(Exercise exercise, int hints) {
        change(exercise, old -> new Entry(old.tries(), Math.max(hints, old.hints()), old.firstPass(), old.passedHash(), old.triedHash()));
    }

    private synchronized Entry entry(Exercise exercise) {
        return data.entry(Report.id(exercise));
    }

    /** Of what is in the file: another command may have saved since this one read it. */
    private synchronized void change(Exercise exercise, UnaryOperator<Entry> by) {
        var id = Report.id(exercise);
        data = file.update(there -> there.with(id, by.apply(there.entry(id))));
    }

    private static String now() {
        return LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
