package cli;

import grading.progress.LearnerProgress;
import lesson.Exercise;
import lesson.Hints;
import lesson.Home;
import terminal.page.PageText;

/** {@code hint 02.1}: one more hint each time. */
final class HintCommand extends Command {
    HintCommand() {
        super("hint", "Give the next hint of an exercise.", Arguments.one("NN.n", "the exercise"));
    }

    @Override protected int run(ParsedArguments arguments) {
        var home = Home.here();
        return show(home.exercise(arguments.words().getFirst()), LearnerProgress.of(home, System.err::println)) ? Main.OK : Main.UNUSABLE;
    }

    /** @return whether there was one to show */
    static boolean show(Exercise exercise, LearnerProgress learner) {
        var hints = Hints.of(exercise);
        if (hints.isEmpty()) {
            System.err.println("The page of exercise " + exercise.id() + " is not built, and the hints are on it; run ./jbang docs");
            return false;
        }
        var tier = learner.hasPassed(exercise) ? hints.size() : Math.min(learner.hints(exercise) + 1, hints.size());
        for (int i = 0; i < tier; i++) {
            var hint = hints.get(i).clone();
            System.out.println("Hint " + (i + 1) + " of " + hints.size() + " for " + exercise.id() + "  " + exercise.title() + "\n");
            hint.select("summary").remove();
            PageText.lines(exercise.lesson().home().root(), hint).forEach(line -> System.out.println("  " + line));
            System.out.println();
        }
        System.out.println(tier < hints.size() ? "One more: ./jbang hint " + exercise.id()
            : "These are all. The solution, when you want it: ./jbang solution " + exercise.id() + (learner.hasPassed(exercise) ? "" : " --give-up"));
        learner.hinted(exercise, tier);
        return true;
    }
}
