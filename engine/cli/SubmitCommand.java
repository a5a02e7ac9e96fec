package cli;

import grading.Hints;
import grading.Judge;
import grading.Standing;
import grading.SubmissionWriter;
import grading.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import lesson.Exercise;
import lesson.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code submit}: packs what was passed or changed, judged once more, into one file that anyone can check again. */
@Command(name = "submit", description = "Pack your answers so that anyone can check them again.", mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN[.n]", arity = "0..*", description = "exercises or lessons; nothing for all that you worked on") List<String> names;
    @Option(names = "--to", paramLabel = "DIR", description = "where to write the file (default: submissions/ of the clone)") Path to;
    @Option(names = "--anyway", description = "pack answers that fail, too") boolean anyway;
    @Mixin DatabaseOption db;

    @Override public Integer call() throws InterruptedException {
        var home = Home.here();
        var exercises = chosen(home);
        if (exercises.isEmpty()) {
            System.err.println("There is nothing to submit: no exercise was changed yet. Where you stand: ./jbang course");
            return Main.UNUSABLE;
        }
        System.out.println("To be submitted:");
        exercises.forEach(exercise -> {
            System.out.println("  " + exercise.id() + "  " + Hints.title(exercise));
            Exercise.answerFiles(exercise.folder()).forEach(file -> System.out.println("        " + home.root().relativize(file)));
        });
        System.out.println();
        try (var copies = new SubmissionWriter.Copies(exercises); var judge = Judge.open(db.checked(), System.err::println)) {
            return submit(home, exercises, copies, judge);
        }
    }

    private int submit(Home home, List<Exercise> exercises, SubmissionWriter.Copies copies, Judge judge) throws InterruptedException {
        var verdicts = new ArrayList<Verdict>();
        for (var exercise : exercises) {
            var verdict = judge.verify(exercise, copies.folder(exercise));
            VerifyCommand.show(verdict);
            verdicts.add(verdict);
        }
        var standing = Standing.of(home, System.err::println);
        verdicts.forEach(standing::judged);
        var failing = verdicts.stream().filter(verdict -> !verdict.passed()).map(verdict -> verdict.exercise().id()).toList();
        if (!failing.isEmpty() && !anyway) {
            System.err.println("Nothing was packed, because " + String.join(", ", failing) + (failing.size() == 1 ? " does" : " do")
                + " not pass. Name the others (./jbang submit 02.1 …), or pack failing answers too with --anyway.");
            return verdicts.stream().mapToInt(Verdict::exitCode).max().orElse(Main.FAILED);
        }
        var file = SubmissionWriter.write(verdicts, to == null ? home.root().resolve("submissions") : to.toAbsolutePath());
        System.out.println("\nWrote " + file + "\nAnyone can check it: ./jbang verify --submission " + file);
        return Main.OK;
    }

    private List<Exercise> chosen(Home home) {
        if (names != null && !names.isEmpty()) {
            var named = new LinkedHashSet<Exercise>();
            names.forEach(name -> named.addAll(Chosen.of(home, name)));
            return List.copyOf(named);
        }
        var standing = Standing.of(home, System.err::println);
        return home.exercises().stream().filter(exercise -> standing.state(exercise) != Standing.State.NEW).toList();
    }
}
