package check;

import grading.mutation.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import lesson.Home;

/**
 * All checks, in the order in which a mistake is cheapest to find: structure, engine, lessons, exercises, book.
 */
public final class SelfCheck {
    private final Home home;
    private final List<String> providers;
    private final Consumer<String> progress;
    private final List<Result> results = new ArrayList<>();

    /** @param providers the words for {@code --db} that everything is run with; the first serves where one is enough */
    public SelfCheck(Home home, List<String> providers, Consumer<String> progress) {
        this.home = home;
        this.providers = providers;
        this.progress = progress;
    }

    /** What a learner meets who makes no mistake: lessons and right answers. */
    public List<Result> quick() {
        for (var provider : providers) {
            check("lessons on " + provider, () -> LessonCheck.of(home, provider));
            check("right answers on " + provider, () -> ExerciseCheck.rightAnswers(home, provider));
        }
        return results;
    }

    private void lessonsAndExercises() {
        for (var provider : providers) {
            check("lessons on " + provider, () -> LessonCheck.of(home, provider));
            if (provider.equals(cheapest())) {
                check("exercises on " + provider, () -> ExerciseCheck.of(home, provider));
            } else {
                check("right answers on " + provider, () -> ExerciseCheck.rightAnswers(home, provider));
            }
        }
    }

    /** The one for all that needs to be run once. */
    private String cheapest() {
        return providers.contains("embedded") ? "embedded" : providers.getFirst();
    }

    /** The engine's own tests whose class names contain {@code part}. */
    public List<Result> engine(String part) {
        check("engine", () -> EngineTests.of(home, providers, part));
        return results;
    }

    /** One lesson. */
    public List<Result> lesson(String name) {
        var lesson = home.lesson(name);
        providers.forEach(provider -> check("lesson on " + provider, () -> LessonCheck.of(lesson, provider)));
        check("regions", () -> List.of(CellCheck.of(lesson, cheapest())));
        return results;
    }

    /** Everything. */
    public List<Result> all() {
        check("structure", () -> StructureCheck.of(home));
        engine("");
        lessonsAndExercises();
        mutants();
        check("regions", () -> CellCheck.of(home, cheapest()));
        check("book", () -> List.of(ProgramCheck.of(home, "the book is what its sources make", "jbang", "docs", "--check")));
        return results;
    }

    /** The mutants of all solutions, once: a verifier is as sharp on any database. */
    public List<Result> mutants() {
        var db = cheapest();
        var scores = new ArrayList<Score>();
        check("mutants on " + db, () -> MutantCheck.of(home, db, score -> {
            scores.add(score);
            progress.accept("  " + score.line());
        }));
        progress.accept("%-28s %s".formatted("mutants", Score.sum(scores)));
        return results;
    }

    private void check(String what, Callable<List<Result>> check) {
        var start = System.nanoTime();
        List<Result> found;
        try {
            found = check.call();
        } catch (Exception e) {
            found = List.of(Result.failed(what, "could not be checked: " + e));
        }
        results.addAll(found);
        var failed = found.stream().filter(result -> !result.passed()).toList();
        progress.accept("%-28s %4d passed, %d failed  %5.1f s".formatted(what, found.size() - failed.size(), failed.size(),
            (System.nanoTime() - start) / 1e9));
        failed.forEach(result -> progress.accept("  ✗ " + result.name() + "\n      "
            + result.message().strip().replace("\n", "\n      ")));
    }
}
