package cli;

import grading.Judge;
import grading.LadderPrinter;
import grading.SelfCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lesson.Exercise;
import lesson.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify 05.2}: judges answers by what they do. */
@Command(name = "verify", description = "Judge your answers by what they do.", mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN[.n]", arity = "0..1", description = "a lesson or an exercise; nothing for all") String name;
    @Mixin DatabaseOption db;
    @Option(names = "--answer", paramLabel = "DIR", description = "for authors: judge the files of this folder instead") Path answer;
    @Option(names = "--author", description = "for authors: check starter, solution, right and wrong answers") boolean author;

    @Override public Integer call() throws Exception {
        var exercises = chosen(Home.here());
        if (author) {
            return selfCheck(exercises);
        }
        var printer = new LadderPrinter(System.out, System.console() != null && System.console().isTerminal());
        var worst = Main.OK;
        try (var judge = Judge.open(db.checked(), System.err::println)) {
            for (var exercise : exercises) {
                var verdict = judge.verify(exercise, answer == null ? exercise.folder() : answer.toAbsolutePath());
                printer.print(verdict, exercise.topic());
                worst = Math.max(worst, verdict.exitCode());
            }
        }
        return worst;
    }

    private int selfCheck(List<Exercise> exercises) {
        var results = SelfCheck.run(exercises, db.checked(), System.err::println, result ->
            System.out.println((result.passed() ? "✓ " : "✗ ") + result.name()
                + (result.passed() ? "" : "\n    " + result.message().replace("\n", "\n    "))));
        var failed = results.stream().filter(result -> !result.passed()).count();
        System.out.println(results.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? Main.OK : Main.FAILED;
    }

    private List<Exercise> chosen(Home home) {
        if (name == null) {
            return home.exercises();
        }
        return name.matches("\\d{1,2}|\\d\\d-.*") ? home.exercises(home.lesson(name)) : List.of(home.exercise(name));
    }
}
