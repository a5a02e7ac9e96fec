package cli;

import grading.host.VerificationService;
import grading.progress.LearnerProgress;
import grading.report.Verdict;
import grading.submission.SubmissionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lab.LabException;
import lab.os.IoErrors;
import lesson.Exercise;
import lesson.Home;
import lesson.UnknownName;
import org.apache.commons.cli.Option;

/** {@code submit}: packs what was passed or changed, judged once more, into one file that anyone can check again. */
final class SubmitCommand extends Command {
    private static final Option TO = value("to", "DIR", "where to write the file (default: submissions/ of the clone)");
    private static final Option ANYWAY = flag("anyway", "pack answers that fail, too");
    private static final Option SIGN = value("sign", "KEYFILE", "sign the file with an SSH key, so that whoever judges it knows whose it is");

    SubmitCommand() {
        super("submit", "Pack your answers so that anyone can check them again.",
            Arguments.any("NN[.n]", "exercises or lessons; nothing for all that you worked on"), TO, ANYWAY, SIGN, DATABASE);
    }

    @Override protected int run(ParsedArguments arguments) throws InterruptedException {
        var home = Home.here();
        var exercises = chosen(home, arguments.words());
        if (exercises.isEmpty()) {
            System.err.println("There is nothing to submit: no exercise was changed yet. Where you stand: ./jbang course");
            return Main.UNUSABLE;
        }
        arguments.value(SIGN).map(Path::of).filter(key -> !Files.exists(key)).ifPresent(key -> {
            throw new UnknownName("there is no key " + key + "; ssh-keygen -t ed25519 makes one");
        });
        var to = arguments.value(TO).map(Path::of).orElse(home.learner().resolve("submissions")).toAbsolutePath();
        mustBeWritable(to);
        System.out.println("To be submitted:");
        exercises.forEach(exercise -> {
            System.out.println("  " + exercise.id() + "  " + exercise.title());
            Exercise.answerFiles(exercise.folder()).forEach(file -> System.out.println("        " + home.shown(file)));
        });
        System.out.println();
        try (var copies = new SubmissionWriter.Copies(exercises); var service = VerificationService.open(arguments.database(), System.err::println)) {
            return submit(arguments, to, exercises, copies, service);
        }
    }

    /** Before the judging, which takes its time. */
    private static void mustBeWritable(Path to) {
        try {
            Files.delete(Files.createTempFile(Files.createDirectories(to), "half-", ".zip"));
        } catch (IOException e) {
            throw new LabException("cannot write a submission into " + to + ": " + IoErrors.describe(e) + "; name a folder of yours with --to DIR", e);
        }
    }

    private static int submit(ParsedArguments arguments, Path to, List<Exercise> exercises, SubmissionWriter.Copies copies, VerificationService service) throws InterruptedException {
        var home = Home.here();
        var verdicts = new ArrayList<Verdict>();
        for (var exercise : exercises) {
            var verdict = service.verify(exercise, copies.folder(exercise));
            VerifyCommand.show(verdict);
            verdicts.add(verdict);
        }
        var learner = LearnerProgress.of(home, System.err::println);
        verdicts.forEach(learner::judged);
        var failing = verdicts.stream().filter(verdict -> !verdict.passed()).map(verdict -> verdict.exercise().id()).toList();
        if (!failing.isEmpty() && !arguments.has(ANYWAY)) {
            System.err.println("Nothing was packed, because " + String.join(", ", failing) + (failing.size() == 1 ? " does" : " do")
                + " not pass. Name the others (./jbang submit 02.1 …), or pack failing answers too with --anyway.");
            return verdicts.stream().mapToInt(Verdict::exitCode).max().orElse(Main.FAILED);
        }
        var file = SubmissionWriter.write(verdicts, to,
            arguments.value(SIGN).map(Path::of));
        System.out.println("\nWrote " + file + "\nAnyone can check it: ./jbang verify --submission " + file);
        return Main.OK;
    }

    private static List<Exercise> chosen(Home home, List<String> names) {
        if (!names.isEmpty()) {
            return ExerciseSelection.of(home, names);
        }
        var learner = LearnerProgress.of(home, System.err::println);
        return home.exercises().stream().filter(exercise -> learner.state(exercise) != LearnerProgress.State.NEW).toList();
    }
}
