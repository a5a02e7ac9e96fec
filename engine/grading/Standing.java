package grading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import lab.Caches;
import lesson.Exercise;
import lesson.Home;

/**
 * What a learner has done, in {@code .course/progress.json}. The answer itself carries no mark. Keys are topics, which
 * stay when numbers move.
 */
public final class Standing {
    private static final int VERSION = 1;
    private final Path file;
    private final Data data;

    /** The file's content. */
    record Data(int version, TreeMap<String, Entry> exercises) { }

    /**
     * @param tries      verdicts so far
     * @param hints      hints shown so far
     * @param firstPass  when it first passed, empty if never
     * @param passedHash of the answer that passed last, empty if never
     * @param triedHash  of the answer that was judged last
     */
    record Entry(int tries, int hints, String firstPass, String passedHash, String triedHash) {
        static final Entry NEW = new Entry(0, 0, "", "", "");
    }

    /** Where an exercise stands. */
    public enum State {
        /** The files are as they were given. */
        NEW("not begun"),
        STARTED("begun"),
        PASSED("passed"),
        /** It passed once, and the files were changed since. */
        CHANGED("passed before, changed since");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private Standing(Path file, Data data) {
        this.file = file;
        this.data = data;
    }

    /** The progress in this clone; in the cache where the clone is read-only, which is said once. */
    public static Standing of(Home home, lab.Progress says) {
        var usual = home.state().resolve("progress.json");
        if (writable(usual)) {
            return new Standing(usual, read(usual));
        }
        var other = Caches.folder("progress").resolve(Hashes.of(home.root().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)).substring(0, 16) + ".json");
        if (!Files.exists(other)) {
            says.say("This clone cannot be written to, so your progress is kept in " + other);
        }
        return new Standing(other, read(Files.exists(other) ? other : usual));
    }

    public State state(Exercise exercise) {
        var entry = entry(exercise);
        var hash = Hashes.ofAnswer(exercise.folder());
        if (!entry.passedHash().isEmpty()) {
            return entry.passedHash().equals(hash) ? State.PASSED : State.CHANGED;
        }
        return hash.equals(Hashes.ofAnswer(exercise.starter())) ? State.NEW : State.STARTED;
    }

    /** Whether it passed at least once. */
    public boolean hasPassed(Exercise exercise) {
        return !entry(exercise).firstPass().isEmpty();
    }

    public int hints(Exercise exercise) {
        return entry(exercise).hints();
    }

    public int tries(Exercise exercise) {
        return entry(exercise).tries();
    }

    /** Keeps what came of a verification of the learner's files. A broken lab says nothing about them. */
    public void judged(Verdict verdict) {
        if (verdict.broken()) {
            return;
        }
        var hash = verdict.answerHash();
        change(verdict.exercise(), old -> new Entry(old.tries() + 1, old.hints(),
            verdict.passed() && old.firstPass().isEmpty() ? now() : old.firstPass(),
            verdict.passed() ? hash : old.passedHash(), hash));
    }

    public void hinted(Exercise exercise, int hints) {
        change(exercise, old -> new Entry(old.tries(), Math.max(hints, old.hints()), old.firstPass(), old.passedHash(), old.triedHash()));
    }

    private Entry entry(Exercise exercise) {
        return data.exercises().getOrDefault(Report.id(exercise), Entry.NEW);
    }

    private synchronized void change(Exercise exercise, UnaryOperator<Entry> by) {
        data.exercises().put(Report.id(exercise), by.apply(entry(exercise)));
        try {
            Files.createDirectories(file.getParent());
            var half = Files.createTempFile(file.getParent(), "progress-", ".json");
            Files.writeString(half, Reports.JSON.writeValueAsString(data) + "\n");
            move(half);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep your progress in " + file, e);
        }
    }

    private void move(Path half) throws IOException {
        try {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Data read(Path file) {
        if (!Files.isReadable(file)) {
            return new Data(VERSION, new TreeMap<>());
        }
        try {
            return Reports.JSON.readValue(Files.readString(file), Data.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read your progress in " + file, e);
        } catch (tools.jackson.core.JacksonException e) {
            throw new UncheckedIOException(new IOException(file + " is damaged (" + e.getOriginalMessage() + "); move it away to begin a new one"));
        }
    }

    private static boolean writable(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return Files.isWritable(file.getParent()) && (!Files.exists(file) || Files.isWritable(file));
        } catch (IOException e) {
            return false;
        }
    }

    private static String now() {
        return LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
