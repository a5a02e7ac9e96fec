package cli;

import grading.progress.LearnerProgress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kernel.output.Numbers;
import lesson.Exercise;
import lesson.Hints;
import lesson.Home;
import lesson.UnknownName;
import lesson.VerifierChecks;
import org.jsoup.nodes.Element;
import terminal.drawing.Wrap;
import terminal.page.PageText;
import terminal.screen.TerminalWriter;

/** {@code hint 02.1}: one more hint each time; {@code hint 02.1 2}: the second one. */
final class HintCommand extends Command {
    HintCommand() {
        super("hint", "Give the next hint of an exercise.", Arguments.oneAndAnother("NN.n [HINT]", "the exercise, and the number of a hint; without it, one more each time"));
    }

    @Override protected int run(ParsedArguments arguments) {
        var home = Home.here();
        var exercise = home.exercise(arguments.words().getFirst());
        var learner = LearnerProgress.of(home, System.err::println);
        return (arguments.words().size() > 1 ? show(exercise, arguments.words().get(1), learner) : show(exercise, learner)) ? Main.OK : Main.UNUSABLE;
    }

    /** The hint of that number alone. */
    private static boolean show(Exercise exercise, String number, LearnerProgress learner) {
        var hints = hints(exercise);
        if (hints.isEmpty()) {
            return false;
        }
        var numbers = IntStream.rangeClosed(1, hints.size()).mapToObj(Integer::toString).toList();
        if (!numbers.contains(number)) {
            throw new UnknownName("exercise " + exercise.id() + " has no hint " + number + "; there are " + String.join(", ", numbers));
        }
        var tier = Integer.parseInt(number);
        print(exercise, hints, tier);
        end(exercise, hints.size(), tier, learner);
        return true;
    }

    /** @return whether there was one to show */
    static boolean show(Exercise exercise, LearnerProgress learner) {
        var hints = hints(exercise);
        if (hints.isEmpty()) {
            return false;
        }
        var tier = learner.hasPassed(exercise) ? hints.size() : Math.min(learner.hints(exercise) + 1, hints.size());
        for (int number = 1; number <= tier; number++) {
            print(exercise, hints, number);
        }
        end(exercise, hints.size(), tier, learner);
        return true;
    }

    /** Nothing where the page is not built, which is said. */
    private static List<Element> hints(Exercise exercise) {
        var hints = Hints.of(exercise);
        if (hints.isEmpty()) {
            System.err.println("The page of exercise " + exercise.id() + " is not built, and the hints are on it; run ./jbang docs");
        }
        return hints;
    }

    private static void print(Exercise exercise, List<Element> hints, int number) {
        var hint = hints.get(number - 1).clone();
        var root = exercise.lesson().home().root();
        var writer = TerminalWriter.here(root);
        writer.print(Wrap.lines("Hint " + number + " of " + hints.size() + " for " + exercise.id() + "  " + exercise.title(), writer.style().measure()));
        checks(exercise, number).ifPresent(checks -> writer.print(Wrap.lines("It is about " + checks + ".", writer.style().measure())));
        writer.print("");
        hint.select("summary").remove();
        PageText.lines(root, hint).forEach(line -> writer.print("  " + line));
        writer.print("");
    }

    /** The checks that name this hint: “Requests share connections”. */
    private static Optional<String> checks(Exercise exercise, int number) {
        var sentences = VerifierChecks.of(exercise).stream().filter(check -> check.hint() == number).map(check -> "“" + check.sentence().replace("`", "") + "”").toList();
        return sentences.isEmpty() ? Optional.empty()
            : Optional.of(sentences.getFirst() + (sentences.size() == 1 ? "" : " and " + Numbers.counted(sentences.size() - 1, "more check")));
    }

    private static void end(Exercise exercise, int all, int shown, LearnerProgress learner) {
        System.out.println(shown < all ? "One more: ./jbang hint " + exercise.id()
            : "These are all. The solution: ./jbang solution " + exercise.id() + (learner.hasPassed(exercise) ? "" : " --give-up"));
        learner.hinted(exercise, shown);
    }
}
