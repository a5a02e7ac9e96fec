package cli;

import grading.progress.LearnerProgress;
import lesson.Exercise;
import lesson.Home;
import lesson.Lesson;
import lesson.Page;

/** {@code course}: the home screen. Where you stand, and what to do next. */
final class CourseCommand extends Command {
    CourseCommand() {
        super("course", "Show where you stand and what is next.", Arguments.NONE);
    }

    @Override protected int run(ParsedArguments arguments) {
        var home = Home.here();
        var learner = LearnerProgress.of(home, System.err::println);
        System.out.println("Postgres by Experiment\n");
        home.lessons().forEach(lesson -> lesson(home, lesson, learner));
        var all = home.exercises();
        var passed = all.stream().filter(e -> learner.state(e) == LearnerProgress.State.PASSED).count();
        System.out.println(bar(passed, all.size()) + "  " + passed + " of " + all.size() + " exercises passed\n");
        System.out.println(all.stream().filter(e -> learner.state(e) != LearnerProgress.State.PASSED).findFirst()
            .map(next -> next(next, learner)).orElse("All exercises pass. Pack them: ./jbang submit"));
        return Main.OK;
    }

    private static void lesson(Home home, Lesson lesson, LearnerProgress learner) {
        System.out.printf("  %s  %-36s ./jbang lesson%s%n", lesson.number(), Page.of(lesson).title(), lesson.number());
        for (var exercise : home.exercises(lesson)) {
            var state = learner.state(exercise);
            var sign = switch (state) {
                case PASSED -> "✓";
                case CHANGED, STARTED -> "·";
                case NEW -> " ";
            };
            var words = state == LearnerProgress.State.NEW ? "" : state.describe();
            System.out.printf("    %s %s  %-32s %s%n", sign, exercise.id(), exercise.title(), words);
        }
        System.out.println();
    }

    /** Whoever has not begun a lesson's exercises is sent to the lesson first. */
    private static String next(Exercise exercise, LearnerProgress learner) {
        var lesson = exercise.lesson();
        var fresh = lesson.home().exercises(lesson).stream().allMatch(e -> learner.state(e) == LearnerProgress.State.NEW);
        var verify = "./jbang verify " + exercise.id() + " --watch";
        var edit = "edit the files in " + lesson.home().root().relativize(exercise.folder());
        return fresh ? "Next: ./jbang lesson" + lesson.number() + ", then " + edit + " with " + verify
            : "Next: " + exercise.id() + " " + exercise.title() + "\n      " + edit + "\n      " + verify;
    }

    private static String bar(long done, int all) {
        var width = 30;
        var full = all == 0 ? 0 : (int) (done * width / all);
        return "  [" + "#".repeat(full) + "-".repeat(width - full) + "]";
    }
}
