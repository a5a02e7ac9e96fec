package cli;

import grading.host.Judge;
import grading.mutation.MutationRun;
import grading.mutation.Score;
import grading.progress.Standing;
import grading.report.LadderPrinter;
import grading.report.Reports;
import grading.report.Verdict;
import grading.selftest.SelfCheck;
import grading.submission.SubmissionCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lesson.Exercise;
import lesson.Hints;
import lesson.Home;
import org.apache.commons.cli.Option;
import terminal.page.PageText;

/** {@code verify 05.2}: judges answers by what they do. */
final class VerifyCommand extends Command {
    private static final Option WATCH = flag("watch", "judge again after each save");
    private static final Option JSON = value("json", "FILE", "write the report as JSON");
    private static final Option JUNIT = value("junit", "FILE", "write the report as JUnit XML");
    private static final Option SUBMISSION = value("submission", "FILE", "judge a submission again");
    private static final Option ANSWER = value("answer", "DIR", "for authors: judge the files of this folder instead");
    private static final Option AUTHOR = flag("author", "for authors: check starter, solution, right and wrong answers");
    private static final Option TIMES = value("times", "N", "with --author: judge each answer so often; the verdict must be the same each time (default: 1)");
    private static final Option MUTANTS = Option.builder().longOpt("mutants").optionalArg(true).hasArg().argName("all")
        .desc("for authors: judge mutants of the solution, and list those that pass, or with =all each").get();

    VerifyCommand() {
        super("verify", "Judge your answers by what they do.", Arguments.oneAtMost("NN[.n]", "a lesson or an exercise; nothing for all"),
            WATCH, DATABASE, JSON, JUNIT, SUBMISSION, ANSWER, AUTHOR, TIMES, MUTANTS);
    }

    @Override protected List<Option> alternatives() {
        return List.of(WATCH, SUBMISSION, ANSWER, AUTHOR, MUTANTS);
    }

    @Override protected int run(Given given) throws Exception {
        var home = Home.here();
        if (given.has(SUBMISSION)) {
            return submission(home, given);
        }
        var exercises = Chosen.of(home, given.words());
        if (given.has(AUTHOR)) {
            return selfCheck(exercises, given);
        }
        if (given.has(MUTANTS)) {
            return mutants(exercises, given);
        }
        return given.has(WATCH) ? watch(home, exercises, given) : verify(home, exercises, given);
    }

    private static int verify(Home home, List<Exercise> exercises, Given given) throws InterruptedException {
        var answer = given.value(ANSWER).map(folder -> Path.of(folder).toAbsolutePath());
        var verdicts = new ArrayList<Verdict>();
        try (var judge = Judge.open(given.database(), System.err::println)) {
            for (var exercise : exercises) {
                var verdict = judge.verify(exercise, answer.orElse(exercise.folder()));
                show(verdict);
                verdicts.add(verdict);
            }
            if (answer.isEmpty()) {
                var standing = Standing.of(home, System.err::println);
                verdicts.forEach(standing::judged);
            }
            return report(verdicts, given);
        }
    }

    private static int report(List<Verdict> verdicts, Given given) {
        if (verdicts.size() > 1) {
            var passed = verdicts.stream().filter(Verdict::passed).count();
            System.out.println("\n" + passed + " of " + verdicts.size() + " exercises passed");
        }
        given.value(JSON).map(Path::of).ifPresent(file -> Reports.json(verdicts, file));
        given.value(JUNIT).map(Path::of).ifPresent(file -> Reports.junit(verdicts, file));
        return verdicts.stream().mapToInt(Verdict::exitCode).max().orElse(Main.OK);
    }

    private static int watch(Home home, List<Exercise> exercises, Given given) throws Exception {
        var standing = Standing.of(home, System.err::println);
        var exercise = exercises.stream().filter(e -> standing.state(e) != Standing.State.PASSED).findFirst().orElse(exercises.getFirst());
        try (var judge = Judge.open(given.database(), System.err::println)) {
            WatchKeys.run(judge, exercise, verdict -> {
                show(verdict);
                standing.judged(verdict);
            }, () -> HintCommand.show(exercise, standing));
        }
        return Main.OK;
    }

    private static int submission(Home home, Given given) throws InterruptedException {
        var submission = Path.of(given.value(SUBMISSION).orElseThrow());
        if (!java.nio.file.Files.isRegularFile(submission)) {
            throw new lesson.UnknownName("there is no submission " + submission);
        }
        try (var judge = Judge.open(given.database(), System.err::println)) {
            var check = SubmissionCheck.of(submission, home, judge);
            check.verdicts().forEach(VerifyCommand::show);
            check.tampered().forEach(complaint -> System.out.println("CHANGED AFTER PACKING: " + complaint));
            check.differences().forEach(difference -> System.out.println("Differs: " + difference));
            if (check.tampered().isEmpty() && check.differences().isEmpty()) {
                System.out.println("The submission is as it was packed, and its report is right.");
            }
            return Math.max(check.exitCode(), report(check.verdicts(), given));
        }
    }

    private int selfCheck(List<Exercise> exercises, Given given) {
        var results = SelfCheck.run(exercises, given.database(), number(given, TIMES, 1), System.err::println, result ->
            System.out.println((result.passed() ? "✓ " : "✗ ") + result.name() + " (%.1f s)".formatted(result.took().toMillis() / 1e3)
                + (result.passed() ? "" : "\n    " + result.message().replace("\n", "\n    "))));
        var failed = results.stream().filter(result -> !result.passed()).count();
        System.out.println("Took longest:\n" + String.join("\n", SelfCheck.longest(results)));
        System.out.println(results.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? Main.OK : Main.FAILED;
    }

    private static int mutants(List<Exercise> exercises, Given given) {
        var scores = MutationRun.run(exercises, given.database(), System.err::println,
            score -> System.out.print(score.report(given.value(MUTANTS).isPresent())));
        System.out.println(Score.sum(scores));
        return scores.stream().allMatch(Score::passed) ? Main.OK : Main.FAILED;
    }

    static void show(Verdict verdict) {
        new LadderPrinter(System.out, PageText.hasColour()).print(verdict, Hints.title(verdict.exercise()));
    }
}
