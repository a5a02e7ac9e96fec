package grading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lab.LabException;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;

/**
 * Judges the exercises themselves: the starter fails for the right reason, the solution and every other right answer
 * pass, every wrong answer is refused by the check, and with the sentence, that its {@code refused-by.txt} names.
 */
public final class SelfCheck {
    public static final String REFUSED_BY = "refused-by.txt";
    private static final int WRONG_ANSWERS = 3;
    private static final int LONGEST = 10;
    private static final Pattern HINT = Pattern.compile("(?m)^\\[#hint-(\\d+)]");
    private final Judge judge;
    private final int times;
    private final List<Result> results = new ArrayList<>();

    /**
     * @param message empty where it passed
     * @param took    with what had to be judged for it
     */
    public record Result(String name, boolean passed, String message, Duration took) {
        /** "02.1 bounded-pool". */
        String exercise() {
            return name.substring(0, name.indexOf(": "));
        }
    }

    private SelfCheck(Judge judge, int times) {
        this.judge = judge;
        this.times = times;
    }

    /** All exercises of the course. */
    public static List<Result> run(Home home, String db) {
        return run(home.exercises(), db, 1, Progress.SILENT, result -> { });
    }

    /** Whether what should pass passes, where the rest has been judged on another database. */
    public static List<Result> runRight(Home home, String db) {
        return each(home.exercises(), db, Progress.SILENT, (judge, exercise) -> new SelfCheck(judge, 1).right(exercise));
    }

    /**
     * @param times how often each answer is judged; the verdict must be right each time
     * @param hears gets the results of each exercise when it is done
     */
    public static List<Result> run(List<Exercise> exercises, String db, int times, Progress progress, Consumer<Result> hears) {
        return each(exercises, db, progress, (judge, exercise) -> {
            var results = new SelfCheck(judge, times).all(exercise);
            synchronized (hears) {
                results.forEach(hears);
            }
            return results;
        });
    }

    /** The exercises that took longest, a line each: where the time of a self-check goes. */
    public static List<String> longest(List<Result> results) {
        var sums = new TreeMap<String, Duration>();
        results.forEach(result -> sums.merge(result.exercise(), result.took(), Duration::plus));
        return sums.entrySet().stream().sorted(Map.Entry.<String, Duration>comparingByValue().reversed()).limit(LONGEST)
            .map(sum -> "%5.1f s  %s".formatted(sum.getValue().toMillis() / 1e3, sum.getKey())).toList();
    }

    private static List<Result> each(List<Exercise> exercises, String db, Progress progress, Judges.Work<List<Result>> work) {
        return Judges.each(exercises, () -> Judge.open(db, progress), work).stream().flatMap(List::stream).toList();
    }

    private static String name(Exercise exercise) {
        return exercise.id() + " " + exercise.topic();
    }

    private List<Result> all(Exercise exercise) {
        var id = name(exercise);
        say(id + ": the starter is what `reset` restores", () -> sameFiles(exercise.starter(), exercise.folder()));
        say(id + ": it has two hints or more", () -> hints(exercise));
        say(id + ": there are " + WRONG_ANSWERS + " wrong answers or more", () -> {
            var count = exercise.answers("wrong").size();
            return count >= WRONG_ANSWERS ? "" : "there are " + count + " in verify/" + exercise.lesson().id() + "/wrong/" + exercise.folderName();
        });
        judged(id + ": the starter fails for the right reason", () -> starter(exercise));
        right(exercise);
        for (var answer : exercise.answers("wrong")) {
            judged(id + ": the wrong answer " + answer.getFileName() + " is refused", () -> refused(exercise, answer));
        }
        return results;
    }

    private List<Result> right(Exercise exercise) {
        judged(name(exercise) + ": the solution passes", () -> passes(exercise, exercise.solution()));
        for (var answer : exercise.answers("right")) {
            judged(name(exercise) + ": the right answer " + answer.getFileName() + " passes", () -> passes(exercise, answer));
        }
        return results;
    }

    /** A verdict that is right at times only is no verdict. */
    private void judged(String name, Supplier<String> complaint) {
        say(times == 1 ? name : name + ", " + times + " times of " + times, () -> {
            for (int time = 1; time <= times; time++) {
                var message = complaint.get();
                if (!message.isEmpty()) {
                    return times == 1 ? message : "right " + (time - 1) + " times, and then: " + message;
                }
            }
            return "";
        });
    }

    private void say(String name, Supplier<String> complaint) {
        var start = System.nanoTime();
        String message;
        try {
            message = complaint.get();
        } catch (LabException | UncheckedIOException e) {
            message = String.valueOf(e.getMessage());
        }
        results.add(new Result(name, message.isEmpty(), message, Duration.ofNanos(System.nanoTime() - start)));
    }

    private static String sameFiles(Path starter, Path exercise) {
        var differing = new ArrayList<String>();
        for (var folder : List.of(starter, exercise)) {
            for (var file : Exercise.answerFiles(folder)) {
                var name = file.getFileName().toString();
                if (!differing.contains(name) && !text(starter.resolve(name)).equals(text(exercise.resolve(name)))) {
                    differing.add(name);
                }
            }
        }
        if (Exercise.answerFiles(starter).isEmpty()) {
            return "there are no files in " + starter;
        }
        return differing.isEmpty() ? "" : String.join(", ", differing) + " differs between " + starter + " and " + exercise;
    }

    private static String hints(Exercise exercise) {
        var found = HINT.matcher(text(exercise.folder().resolve(Exercise.TASK))).results().map(m -> m.group(1)).toList();
        return found.containsAll(List.of("1", "2")) ? "" : Exercise.TASK + " has the hints " + found + ", not [1, 2]";
    }

    private String starter(Exercise exercise) {
        var verdict = refute(exercise, exercise.folder());
        if (Files.exists(exercise.starter().resolve(REFUSED_BY))) {
            return refusal(verdict, exercise.starter());
        }
        if (verdict.passed()) {
            return "it passes as it is";
        }
        var bad = verdict.firstBad().orElseThrow();
        var reason = bad.status() == Status.FAILED && !bad.cause().what().isEmpty() && !bad.name().equals(Ladder.COMPILES) && !bad.name().equals(Ladder.SHAPE);
        return reason ? "" : "it must compile, end, and fail by an Expect of a check (or say in starter/" + exercise.folderName() + "/"
            + REFUSED_BY + " what refuses it), but " + described(bad);
    }

    private String passes(Exercise exercise, Path folder) {
        if (Exercise.answerFiles(folder).isEmpty()) {
            return "there are no files in " + folder;
        }
        var verdict = judged(folder, () -> judge.verify(exercise, folder));
        return verdict.firstBad().map(SelfCheck::described).orElseGet(() -> verdict.passed() ? "" : "a check was skipped: "
            + verdict.checks().stream().filter(c -> c.status() == Status.SKIPPED).map(Check::name).toList());
    }

    private String refused(Exercise exercise, Path folder) {
        return refusal(refute(exercise, folder), folder);
    }

    /** Line 1 names the first check that must fail, line 2 a part of what the learner must read. */
    private static String refusal(Verdict verdict, Path folder) {
        var lines = text(folder.resolve(REFUSED_BY)).lines().toList();
        if (lines.size() < 2) {
            return "there is no " + folder.resolve(REFUSED_BY) + " with two lines, the check and a part of its message";
        }
        if (verdict.passed()) {
            return "it passes, but " + lines.getFirst() + " must refuse it";
        }
        var bad = verdict.firstBad().orElseThrow();
        var shown = normal(bad.sentence() + " " + bad.cause().message());
        if (!bad.name().equals(lines.getFirst().strip())) {
            return lines.getFirst() + " must refuse it, but " + described(bad);
        }
        return shown.contains(normal(lines.get(1))) ? "" : "the learner must read \"" + lines.get(1) + "\", but " + described(bad);
    }

    private static String described(Check check) {
        return "the check " + check.name() + " (" + check.sentence() + ") is " + check.status() + ":\n" + check.cause().message();
    }

    /** What is asked is what refuses first; the checks behind it would often wait for their time to be up. */
    private Verdict refute(Exercise exercise, Path folder) {
        return judged(folder, () -> judge.refute(exercise, folder));
    }

    private interface Judging {
        Verdict judge() throws InterruptedException;
    }

    private static Verdict judged(Path folder, Judging judging) {
        try {
            return judging.judge();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while judging " + folder, e);
        }
    }

    private static String normal(String text) {
        return Arrays.stream(text.split("\\s+")).collect(Collectors.joining(" ")).strip();
    }

    /** The text of a file; empty where there is none. */
    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
