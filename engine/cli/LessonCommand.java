package cli;

import java.util.List;
import lab.LabException;
import lab.os.IoErrors;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;
import lesson.UnknownName;
import org.apache.commons.cli.Option;
import script.EndOfLesson;
import script.LessonProgram;
import script.LessonRun;
import script.StepSelection;
import terminal.LessonFailureText;
import terminal.LessonViews;

/** {@code lesson02}: runs a lesson in the terminal. */
final class LessonCommand extends Command {
    private static final Option NO_PAUSE = flag("no-pause", "run straight through");
    private static final Option FROM = value("from", "STEP", "start here; earlier steps run silently");
    private static final Option ONLY = value("only", "STEP", "show this step alone");
    private static final Option LIST = flag("list", "print the steps and stop");
    private final String number;

    LessonCommand(String number) {
        super("lesson" + number, "Run a lesson, step by step.", Arguments.NONE, DATABASE, NO_PAUSE, FROM, ONLY, LIST);
        this.number = number;
    }

    @Override protected List<Option> alternatives() {
        return List.of(FROM, ONLY, LIST);
    }

    @Override protected int run(ParsedArguments arguments) throws Exception {
        var lesson = Home.here().lesson(number);
        var regions = Program.regions(lesson.program());
        if (arguments.has(LIST)) {
            print(lesson, regions);
            return Main.OK;
        }
        FilePreload.of(lesson);
        var selection = selection(arguments, regions.stream().map(Region::id).toList());
        var database = arguments.database();
        var view = TimedLessonView.around(LessonViews.of(lesson.home().root(), arguments.has(NO_PAUSE)));
        view.opened(lesson);
        try (var run = new LessonRun(lesson, database, selection, view)) {
            LessonProgram.of(lesson).run();
            run.finish();
        } catch (EndOfLesson quit) {
            return Main.OK; // at the very last pause, after the program's end
        } catch (LabException | UnknownName e) {
            throw e; // nothing could be judged
        } catch (Exception e) {
            LessonFailureText.explain(lesson, e, System.err);
            IoErrors.diskFull(e).ifPresent(full -> {
                throw new LabException(full); // the lesson claims nothing about a full disk
            });
            return Main.FAILED;
        }
        return Main.OK;
    }

    /** Number, id and title of each step. */
    private static void print(Lesson lesson, List<Region> regions) {
        var titles = LessonViews.titles(lesson);
        var width = regions.stream().mapToInt(region -> region.id().length()).max().orElse(0);
        for (int i = 0; i < regions.size(); i++) {
            var id = regions.get(i).id();
            System.out.println(String.format("%2d  %-" + width + "s  %s", i + 1, id, titles.getOrDefault(id, "")).stripTrailing());
        }
    }

    private static StepSelection selection(ParsedArguments arguments, List<String> steps) {
        return arguments.value(ONLY).map(step -> StepSelection.only(known(step, steps), steps))
            .or(() -> arguments.value(FROM).map(step -> StepSelection.from(known(step, steps), steps)))
            .orElseGet(() -> StepSelection.all(steps));
    }

    private static String known(String step, List<String> steps) {
        if (!steps.contains(step)) {
            throw UnknownName.of("step", step, steps);
        }
        return step;
    }
}
