package cli;

import grading.Hints;
import grading.Judge;
import grading.LadderPrinter;
import grading.Reports;
import grading.SelfCheck;
import grading.Standing;
import grading.SubmissionCheck;
import grading.Verdict;
import grading.mutation.MutationRun;
import grading.mutation.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lesson.Exercise;
import lesson.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import terminal.PageText;

/** {@code verify 05.2}: judges answers by what they do. */
@Command(name = "verify", description = "Judge your answers by what they do.", mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN[.n]", arity = "0..1", description = "a lesson or an exercise; nothing for all") String name;
    @Mixin DatabaseOption db;
    @Option(names = "--watch", description = "judge again after each save") boolean watch;
    @Option(names = "--json", paramLabel = "FILE", description = "write the report as JSON") Path json;
    @Option(names = "--junit", paramLabel = "FILE", description = "write the report as JUnit XML") Path junit;
    @Option(names = "--submission", paramLabel = "FILE", description = "judge a submission again") Path submission;
    @Option(names = "--answer", paramLabel = "DIR", description = "for authors: judge the files of this folder instead") Path answer;
    @Option(names = "--author", description = "for authors: check starter, solution, right and wrong answers") boolean author;
    @Option(names = "--times", paramLabel = "N", defaultValue = "1", description = "with --author: judge each answer so often; the verdict must be the same each time") int times;
    @Option(names = "--mutants", arity = "0..1", fallbackValue = "survivors", paramLabel = "all",
        description = "for authors: judge mutants of the solution, and list those that pass, or with =all each") String mutants;

    @Override public Integer call() throws Exception {
        var home = Home.here();
        if (submission != null) {
            return submission(home);
        }
        var exercises = Chosen.of(home, name);
        if (author) {
            return selfCheck(exercises);
        }
        if (mutants != null) {
            return mutants(exercises);
        }
        return watch ? watch(home, exercises) : verify(home, exercises);
    }

    private int verify(Home home, List<Exercise> exercises) throws InterruptedException {
        var verdicts = new ArrayList<Verdict>();
        try (var judge = Judge.open(db.checked(), System.err::println)) {
            for (var exercise : exercises) {
                var verdict = judge.verify(exercise, answer == null ? exercise.folder() : answer.toAbsolutePath());
                show(verdict);
                verdicts.add(verdict);
            }
            if (answer == null) {
                var standing = Standing.of(home, System.err::println);
                verdicts.forEach(standing::judged);
            }
            return report(verdicts);
        }
    }

    private int report(List<Verdict> verdicts) {
        if (verdicts.size() > 1) {
            var passed = verdicts.stream().filter(Verdict::passed).count();
            System.out.println("\n" + passed + " of " + verdicts.size() + " exercises passed");
        }
        if (json != null) {
            Reports.json(verdicts, json);
        }
        if (junit != null) {
            Reports.junit(verdicts, junit);
        }
        return verdicts.stream().mapToInt(Verdict::exitCode).max().orElse(Main.OK);
    }

    private int watch(Home home, List<Exercise> exercises) throws Exception {
        var standing = Standing.of(home, System.err::println);
        var exercise = exercises.stream().filter(e -> standing.state(e) != Standing.State.PASSED).findFirst().orElse(exercises.getFirst());
        try (var judge = Judge.open(db.checked(), System.err::println)) {
            WatchKeys.run(judge, exercise, verdict -> {
                show(verdict);
                standing.judged(verdict);
            }, () -> HintCommand.show(exercise, standing));
        }
        return Main.OK;
    }

    private int submission(Home home) throws InterruptedException {
        if (!java.nio.file.Files.isRegularFile(submission)) {
            throw new lesson.UnknownName("there is no submission " + submission);
        }
        try (var judge = Judge.open(db.checked(), System.err::println)) {
            var check = SubmissionCheck.of(submission, home, judge);
            check.verdicts().forEach(VerifyCommand::show);
            check.tampered().forEach(complaint -> System.out.println("CHANGED AFTER PACKING: " + complaint));
            check.differences().forEach(difference -> System.out.println("Differs: " + difference));
            if (check.tampered().isEmpty() && check.differences().isEmpty()) {
                System.out.println("The submission is as it was packed, and its report is right.");
            }
            return Math.max(check.exitCode(), report(check.verdicts()));
        }
    }

    private int selfCheck(List<Exercise> exercises) {
        var results = SelfCheck.run(exercises, db.checked(), times, System.err::println, result ->
            System.out.println((result.passed() ? "✓ " : "✗ ") + result.name()
                + (result.passed() ? "" : "\n    " + result.message().replace("\n", "\n    "))));
        var failed = results.stream().filter(result -> !result.passed()).count();
        System.out.println(results.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? Main.OK : Main.FAILED;
    }

    private int mutants(List<Exercise> exercises) {
        var scores = MutationRun.run(exercises, db.checked(), System.err::println, score -> {
            System.out.println((score.complaint().isEmpty() ? "✓ " : "✗ ") + score.line());
            System.out.print(score.details(mutants.equals("all")).indent(4));
        });
        var killed = scores.stream().mapToInt(Score::killed).sum();
        System.out.println(killed + " killed of " + scores.stream().mapToInt(Score::total).sum());
        return scores.stream().allMatch(score -> score.complaint().isEmpty()) ? Main.OK : Main.FAILED;
    }

    static void show(Verdict verdict) {
        new LadderPrinter(System.out, PageText.hasColour()).print(verdict, Hints.title(verdict.exercise()));
    }
}
