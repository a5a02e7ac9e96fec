package cli;

import grading.progress.LearnerProgress;
import grading.progress.LearnerProgress.State;
import java.util.List;
import lesson.Exercise;
import lesson.Home;
import lesson.Lesson;
import terminal.drawing.Grid;
import terminal.drawing.TextStyle;
import terminal.drawing.Width;
import terminal.page.LessonTitle;
import terminal.screen.TerminalWriter;

/** {@code course}: the home screen, which fits one of 24 lines. A line for each lesson, the exercises of the one that is next, and what to do. */
final class CourseCommand extends Command {
    private static final String TITLE = "Postgres by Experiment";
    private static final int BAR = 24;

    CourseCommand() {
        super("course", "Show where you stand and what is next.", Arguments.NONE);
    }

    @Override protected int run(ParsedArguments arguments) {
        var home = Home.here();
        print(home, LearnerProgress.of(home, System.err::println), TerminalWriter.here(home.root()));
        return Main.OK;
    }

    static void print(Home home, LearnerProgress learner, TerminalWriter writer) {
        var style = writer.style();
        var all = home.exercises();
        var next = all.stream().filter(exercise -> learner.state(exercise) != State.PASSED).findFirst();
        var passed = passed(all, learner);
        var words = passed + " of " + all.size() + " passed" + before(all, learner);
        writer.print(style.bold(TITLE) + "  " + bar(passed, all.size(), Math.min(BAR, style.width() - TITLE.length() - words.length() - 5)) + words);
        var title = home.lessons().stream().mapToInt(lesson -> Width.of(LessonTitle.of(lesson))).max().orElse(0);
        for (var lesson : home.lessons()) {
            lesson(lesson, title, learner, writer);
            if (next.filter(exercise -> exercise.lesson().equals(lesson)).isPresent()) {
                exercises(home.exercises(lesson), learner, writer);
            }
        }
        next.ifPresentOrElse(exercise -> next(exercise, learner, writer), () -> writer.print("All exercises pass. Pack them: ./jbang submit"));
    }

    private static void lesson(Lesson lesson, int title, LearnerProgress learner, TerminalWriter writer) {
        var exercises = lesson.home().exercises(lesson);
        var passed = passed(exercises, learner);
        var all = passed == exercises.size() && passed > 0;
        var begun = exercises.stream().anyMatch(exercise -> learner.state(exercise) != State.NEW);
        writer.print((all ? writer.style().in("good", "✓") : begun ? "·" : " ") + " " + lesson.number() + "  " + Width.padRight(LessonTitle.of(lesson), title)
            + "  " + Width.padRight(exercises.isEmpty() ? "" : passed + " of " + exercises.size(), 7) + "  ./jbang lesson" + lesson.number());
    }

    /** Signs, numbers, titles and states below each other; where there is little room the titles give way. */
    private static void exercises(List<Exercise> exercises, LearnerProgress learner, TerminalWriter writer) {
        var style = writer.style();
        var state = exercises.stream().mapToInt(exercise -> Width.of(words(learner.state(exercise)))).max().orElse(0);
        var title = Math.min(exercises.stream().mapToInt(exercise -> Width.of(exercise.title())).max().orElse(0), Math.max(12, style.width() - 16 - state));
        for (var exercise : exercises) {
            writer.print(("      " + sign(learner.state(exercise), style) + " " + exercise.id() + "  " + Width.padRight(Width.cut(exercise.title(), title), title)
                + "  " + style.quiet(words(learner.state(exercise)))).stripTrailing());
        }
    }

    private static String sign(State state, TextStyle style) {
        return switch (state) {
            case PASSED -> style.in("good", "✓");
            case CHANGED, WORSE, STARTED -> "·";
            case NEW -> " ";
        };
    }

    private static String words(State state) {
        return state == State.NEW ? "" : state.describe();
    }

    private static int passed(List<Exercise> exercises, LearnerProgress learner) {
        return (int) exercises.stream().filter(exercise -> learner.state(exercise) == State.PASSED).count();
    }

    private static String before(List<Exercise> all, LearnerProgress learner) {
        var before = all.stream().filter(learner::hasPassed).count() - passed(all, learner);
        return before == 0 ? "" : ", " + before + " in an earlier version";
    }

    /** Whoever has not begun a lesson's exercises is sent to the lesson first. */
    private static void next(Exercise exercise, LearnerProgress learner, TerminalWriter writer) {
        var lesson = exercise.lesson();
        var fresh = lesson.home().exercises(lesson).stream().allMatch(other -> learner.state(other) == State.NEW);
        if (fresh) {
            writer.print("Next  ./jbang lesson" + lesson.number());
        }
        writer.print(Grid.row(List.of(fresh ? "Then" : "Next", "./jbang verify " + exercise.id() + " --watch, and edit "
            + lesson.home().shown(exercise.folder())), List.of(4, writer.style().width() - 6)));
    }

    private static String bar(int done, int all, int width) {
        var full = all == 0 ? 0 : done * width / all;
        return width < 1 ? "" : "[" + "#".repeat(full) + "-".repeat(width - full) + "] ";
    }
}
