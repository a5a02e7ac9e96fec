package check;

import grading.mutation.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import lesson.Exercise;
import lesson.Home;

/**
 * All checks. Those of the structure come first, where a mistake is cheapest to find; then the engine, lessons, exercises
 * and the book, some of them side by side.
 */
public final class SelfCheck {
    /** Lessons and the engine's tests wait a third of their time, in which exercises are verified. A third part would gain nothing. */
    private static final int PARALLEL = Math.min(2, Runtime.getRuntime().availableProcessors());
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final int MAX_SLOWEST = 5;
    /** More than a few are no accident. */
    private static final int MAX_UNSTABLE = 3;
    /** What can be left out. */
    public static final List<String> PARTS = List.of("engine", "exercises", "mutants", "lessons", "regions", "elsewhere", "book");
    private final Home home;
    private final List<String> providers;
    private final List<String> without;
    private final Consumer<String> progress;
    private final List<Result> results = new ArrayList<>();

    /**
     * @param providers the words for {@code --db} that everything is run with; the first serves where one is enough
     * @param without   those of {@link #PARTS} that are left out
     */
    public SelfCheck(Home home, List<String> providers, List<String> without, Consumer<String> progress) {
        this.home = home;
        this.providers = providers;
        this.without = without;
        this.progress = progress;
    }

    /** Everything, what fails a second time, and of right and wrong answers, mutants, regions and other tools' programs a sample. Mutants come last, because they use both processors when nothing else is left. */
    public List<Result> all() {
        oneByOne(List.of(structure()));
        var others = providers.stream().filter(provider -> !provider.equals(cheapest())).toList();
        var parts = new ArrayList<>(List.of(engineTests(""), exercises(() -> ExerciseCheck.sample(home, cheapest())), besideVacuum(2), regions(),
            new Part("elsewhere", () -> ToolCheck.sample(home, cheapest()))));
        others.forEach(provider -> parts.addAll(List.of(lessons(provider), solutions(provider))));
        parts.addAll(List.of(mutants(home.exercises(), MutantCheck::sample), book()));
        return sideBySide(parts);
    }

    /** What a learner meets who makes no mistake: lessons and solutions. */
    public List<Result> quick() {
        var parts = new ArrayList<Part>();
        for (var provider : providers) {
            parts.add(lessons(provider));
            parts.add(solutions(provider));
        }
        return sideBySide(parts);
    }

    /** The engine's own tests whose class names contain {@code part}. */
    public List<Result> engine(String part) {
        return oneByOne(List.of(engineTests(part)));
    }

    /**
     * All that can be said of one lesson: everything but the engine's tests.
     *
     * @throws lesson.UnknownName where there is no such lesson
     */
    public List<Result> lesson(String name) {
        var lesson = home.lesson(name);
        var parts = new ArrayList<>(List.of(structure()));
        providers.forEach(provider -> parts.add(new Part("lessons on " + provider, () -> LessonCheck.of(lesson, provider))));
        parts.add(new Part("regions", () -> List.of(CellCheck.of(lesson, cheapest()))));
        parts.add(new Part("elsewhere", () -> ToolCheck.of(lesson, cheapest())));
        parts.addAll(List.of(exercises(() -> ExerciseCheck.of(home.exercises(lesson), cheapest())), mutants(home.exercises(lesson), MutantCheck::of), book()));
        return oneByOne(parts);
    }

    /**
     * Lessons, again and again, beside a session that vacuums and analyzes all the time.
     *
     * @param name  of one lesson, or empty for all
     * @throws lesson.UnknownName where there is no such lesson
     */
    public List<Result> stress(String name, int times) {
        var part = name.isEmpty() ? besideVacuum(1)
            : new Part("lessons on " + cheapest(), () -> LessonCheck.besideVacuum(home.lesson(name), cheapest()));
        return oneByOne(Collections.nCopies(times, part));
    }

    /** The mutants of all solutions, once: a verifier is as sharp on any database. */
    public List<Result> mutants() {
        return oneByOne(List.of(mutants(home.exercises(), MutantCheck::of)));
    }

    /** The programs of other tools beside all lessons, once. */
    public List<Result> elsewhere() {
        return oneByOne(List.of(new Part("elsewhere", () -> ToolCheck.of(home, cheapest()))));
    }

    /** The one for all that needs to be run once. */
    private String cheapest() {
        return providers.contains("embedded") ? "embedded" : providers.getFirst();
    }

    private Part engineTests(String part) {
        return new Part("engine", () -> EngineTests.of(home, providers, part));
    }

    private Part lessons(String provider) {
        return new Part("lessons on " + provider, () -> LessonRunner.Part.PROGRAMS.inSeparateJvm(home, home.lessons(), provider, 2));
    }

    private Part besideVacuum(int tries) {
        return new Part("lessons on " + cheapest(), () -> LessonRunner.Part.PROGRAMS_BESIDE_VACUUM.inSeparateJvm(home, home.lessons(), cheapest(), tries));
    }

    private Part solutions(String provider) {
        return new Part("solutions on " + provider, () -> ExerciseCheck.solutions(home.exercises(), provider));
    }

    private Part structure() {
        return new Part("structure", () -> StructureCheck.of(home));
    }

    private Part exercises(Callable<List<Result>> check) {
        return new Part("exercises on " + cheapest(), check);
    }

    private Part regions() {
        return new Part("regions", () -> LessonRunner.Part.REGIONS.inSeparateJvm(home, CellCheck.few(home), cheapest(), 2));
    }

    private Part book() {
        return new Part("book", () -> List.of(CommandCheck.of(home, "the book is what its sources make", "jbang", "docs", "--check")));
    }

    private interface Mutants {
        List<Result> of(List<Exercise> exercises, String db, Consumer<Score> progress);
    }

    private Part mutants(List<Exercise> exercises, Mutants check) {
        return new Part("mutants", () -> {
            var scores = new ArrayList<Score>();
            var found = check.of(exercises, cheapest(), score -> {
                scores.add(score);
                progress.accept("  " + score.line());
            });
            progress.accept("%-28s %s".formatted("mutants", Score.sum(scores)));
            return found;
        });
    }

    private List<Result> oneByOne(List<Part> parts) {
        parts.stream().filter(this::isWanted).forEach(this::run);
        return results;
    }

    private List<Result> sideBySide(List<Part> parts) {
        try (var threads = Executors.newFixedThreadPool(PARALLEL)) {
            var running = parts.stream().filter(this::isWanted).map(part -> CompletableFuture.runAsync(() -> run(part), threads)).toList();
            running.forEach(CompletableFuture::join);
        }
        return results;
    }

    private boolean isWanted(Part part) {
        return without.stream().noneMatch(part.what()::startsWith);
    }

    private void run(Part part) {
        var start = System.nanoTime();
        progress.accept(part.what() + " …");
        List<Result> found;
        try {
            found = part.check().call();
        } catch (Exception e) {
            found = List.of(Result.failed(part.what(), "could not be checked: " + e));
        }
        report(part, found, (System.nanoTime() - start) / 1e9);
    }

    private synchronized void report(Part part, List<Result> checked, double seconds) {
        var found = new ArrayList<>(checked);
        var unstable = checked.stream().filter(Result::isUnstable).toList();
        if (unstable.size() > MAX_UNSTABLE) {
            found.add(Result.failed(part.what() + ": at most " + MAX_UNSTABLE + " pass only when they are tried once more", unstable.size() + " did"));
        }
        results.addAll(found);
        var failed = found.stream().filter(result -> !result.passed()).toList();
        progress.accept("%-28s %4d passed, %d failed  %5.1f s".formatted(part.what(), found.size() - failed.size(), failed.size(), seconds));
        slowest(found).forEach(result -> progress.accept("  %5.1f s  %s".formatted(result.took().toMillis() / 1e3, result.name())));
        unstable.forEach(result -> progress.accept("  ~ passed only when it was tried once more: " + indented(result)));
        failed.forEach(result -> progress.accept("  ✗ " + indented(result)));
    }

    private static String indented(Result result) {
        return result.name() + "\n      " + result.message().strip().replace("\n", "\n      ");
    }

    /** Where the time of a part goes: who adds to it should know. */
    private static List<Result> slowest(List<Result> found) {
        return found.stream().filter(result -> result.took().compareTo(SLOW) > 0).sorted(Comparator.comparing(Result::took).reversed()).limit(MAX_SLOWEST).toList();
    }

    private record Part(String what, Callable<List<Result>> check) { }
}
