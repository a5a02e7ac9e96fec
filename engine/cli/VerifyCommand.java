package cli;

import grading.RandomData;
import grading.host.VerificationService;
import grading.mutation.MutationRun;
import grading.mutation.Score;
import grading.progress.LearnerProgress;
import grading.report.Reports;
import grading.report.Verdict;
import grading.sandbox.Sandbox;
import grading.selftest.ExerciseSelfTests;
import grading.submission.OpenSubmission;
import grading.submission.SubmissionCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lesson.Exercise;
import lesson.Home;
import org.apache.commons.cli.Option;
import terminal.screen.CtrlC;
import terminal.screen.TerminalWriter;

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
        super("verify", "Judge your answers by what they do.", Arguments.any("NN[.n]", "lessons or exercises; nothing for all"),
            WATCH, DATABASE, JSON, JUNIT, SUBMISSION, OthersCode.SANDBOX, OthersCode.TRUST, OthersCode.SIGNERS, ANSWER, AUTHOR, TIMES, MUTANTS);
    }

    @Override protected List<Option> alternatives() {
        return List.of(WATCH, SUBMISSION, ANSWER, AUTHOR, MUTANTS);
    }

    @Override protected int run(ParsedArguments arguments) throws Exception {
        var home = Home.here();
        RandomData.requestedSeed(System.getenv()); // said here, before an answer is blamed for it
        if (arguments.has(SUBMISSION)) {
            return submission(home, arguments);
        }
        var exercises = ExerciseSelection.of(home, arguments.words());
        if (arguments.has(AUTHOR)) {
            return selfCheck(exercises, arguments);
        }
        if (arguments.has(MUTANTS)) {
            return mutants(exercises, arguments);
        }
        return arguments.has(WATCH) ? watch(home, exercises, arguments) : verify(home, exercises, arguments);
    }

    private static int verify(Home home, List<Exercise> exercises, ParsedArguments arguments) throws InterruptedException {
        var answer = arguments.value(ANSWER).map(folder -> Path.of(folder).toAbsolutePath());
        var learner = LearnerProgress.of(home, System.err::println);
        var verdicts = new ArrayList<Verdict>();
        try (var service = VerificationService.open(arguments.database(), System.err::println)) {
            for (var exercise : exercises) {
                var judged = service.verify(exercise, answer.orElse(exercise.folder()));
                if (CtrlC.isPressed()) {
                    return CtrlC.EXIT; // what was judged meanwhile is no try
                }
                var verdict = answer.isEmpty() ? learner.judged(judged) : judged;
                if (!verdicts.isEmpty()) {
                    System.out.println();
                }
                show(verdict);
                verdicts.add(verdict);
            }
            return report(verdicts, arguments);
        }
    }

    private static int report(List<Verdict> verdicts, ParsedArguments arguments) {
        if (verdicts.size() > 1) {
            var passed = verdicts.stream().filter(Verdict::passed).count();
            System.out.println("\n" + passed + " of " + verdicts.size() + " exercises passed");
        }
        arguments.value(JSON).map(Path::of).ifPresent(file -> Reports.json(verdicts, file));
        arguments.value(JUNIT).map(Path::of).ifPresent(file -> Reports.junit(verdicts, file));
        return verdicts.stream().mapToInt(Verdict::exitCode).max().orElse(Main.OK);
    }

    private static int watch(Home home, List<Exercise> exercises, ParsedArguments arguments) throws Exception {
        var learner = LearnerProgress.of(home, System.err::println);
        var exercise = exercises.stream().filter(e -> learner.state(e) != LearnerProgress.State.PASSED).findFirst().orElse(exercises.getFirst());
        try (var service = VerificationService.open(arguments.database(), System.err::println)) {
            WatchKeys.run(service, exercise, verdict -> watched(verdict, learner), () -> HintCommand.show(exercise, LearnerProgress.of(home, lab.Progress.SILENT))); // hints may have been shown elsewhere meanwhile
        }
        return Main.OK;
    }

    private static void watched(Verdict verdict, LearnerProgress learner) {
        if (!CtrlC.isPressed()) {
            show(learner.judged(verdict));
        }
    }

    private static int submission(Home home, ParsedArguments arguments) throws InterruptedException {
        var submission = Path.of(arguments.value(SUBMISSION).orElseThrow());
        if (!java.nio.file.Files.isRegularFile(submission)) {
            throw new lesson.UnknownName("there is no submission " + submission);
        }
        var signers = OthersCode.signers(arguments);
        var sandbox = OthersCode.sandbox(arguments);
        try (var open = OpenSubmission.of(submission, home)) {
            System.out.println("The submission is " + open.signature(signers) + ".");
            OthersCode.agree(sandbox, arguments, submission.getFileName().toString());
            return submission(open, sandbox, arguments);
        }
    }

    private static int submission(OpenSubmission open, Sandbox sandbox, ParsedArguments arguments) throws InterruptedException {
        try (var service = VerificationService.openForOthers(arguments.database(), System.err::println, sandbox)) {
            var check = SubmissionCheck.of(open, service);
            check.verdicts().forEach(VerifyCommand::show);
            check.tampered().forEach(complaint -> System.out.println("CHANGED AFTER PACKING: " + complaint));
            check.differences().forEach(difference -> System.out.println("Differs: " + difference));
            if (check.tampered().isEmpty() && check.differences().isEmpty()) {
                System.out.println("The submission is as it was packed, and its report is right.");
            }
            return Math.max(check.exitCode(), report(check.verdicts(), arguments));
        }
    }

    private int selfCheck(List<Exercise> exercises, ParsedArguments arguments) {
        var results = ExerciseSelfTests.run(exercises, arguments.database(), number(arguments, TIMES, 1), System.err::println, result ->
            System.out.println((result.passed() ? "✓ " : "✗ ") + result.name() + " (%.1f s)".formatted(result.took().toMillis() / 1e3)
                + (result.passed() ? "" : "\n    " + result.message().replace("\n", "\n    "))));
        var failed = results.stream().filter(result -> !result.passed()).count();
        System.out.println("Took longest:\n" + String.join("\n", ExerciseSelfTests.longest(results)));
        System.out.println(results.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? Main.OK : Main.FAILED;
    }

    private static int mutants(List<Exercise> exercises, ParsedArguments arguments) {
        var scores = MutationRun.run(exercises, arguments.database(), System.err::println,
            score -> System.out.print(score.report(arguments.value(MUTANTS).isPresent())));
        System.out.println(Score.sum(scores));
        return scores.stream().allMatch(Score::passed) ? Main.OK : Main.FAILED;
    }

    static void show(Verdict verdict) {
        new LadderPrinter(TerminalWriter.here(verdict.exercise().lesson().home().root())).print(verdict);
    }
}
