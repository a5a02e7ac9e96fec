package cli;

import java.util.List;
import java.util.Optional;
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
import terminal.screen.CtrlC;

/** {@code lesson02}: runs a lesson in the terminal. */
final class LessonCommand extends Command {
    private static final Option NO_PAUSE = flag("no-pause", "run straight through");
    private static final Option FROM = value("from", "STEP", "start here, by its name or number; earlier steps run without being shown");
    private static final Option ONLY = value("only", "STEP", "show this step alone; earlier steps run without being shown");
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
        var steps = regions.stream().map(Region::id).toList();
        var selection = selection(arguments, steps);
        var database = arguments.database();
        var view = TimedLessonView.around(LessonViews.of(lesson.home().root(), arguments.has(NO_PAUSE)));
        view.opened(lesson);
        selection.runsBefore().ifPresent(view::running);
        try (var run = new LessonRun(lesson, database, selection, view)) {
            CtrlC.comeBack(() -> comeBack(arguments, steps, run.step()));
            return toItsEnd(lesson, run);
        } catch (EndOfLesson quit) {
            return Main.OK; // at the very last pause, after the program's end
        } catch (LabException | UnknownName e) {
            throw e; // nothing could be judged
        } catch (Exception e) {
            return failed(lesson, e);
        }
    }

    private static int toItsEnd(Lesson lesson, LessonRun run) {
        try {
            LessonProgram.of(lesson).run();
            run.finish();
            return Main.OK;
        } catch (EndOfLesson | LabException | UnknownName e) {
            throw e;
        } catch (Exception e) {
            var code = failed(lesson, e);
            if (code == Main.FAILED) {
                run.serverLost().ifPresent(lost -> {
                    throw new LabException(lost);
                });
            }
            return code;
        }
    }

    private static int failed(Lesson lesson, Exception e) {
        if (CtrlC.explainsFailure()) {
            return CtrlC.EXIT;
        }
        LessonFailureText.explain(lesson, e, System.err);
        IoErrors.diskFull(e).ifPresent(full -> {
            throw new LabException(full); // the lesson claims nothing about a full disk
        });
        return Main.FAILED;
    }

    /** The command that begins with the step that ran, where it was shown. */
    private String comeBack(ParsedArguments arguments, List<String> steps, Optional<String> step) {
        var wanted = arguments.value(FROM).map(from -> steps.indexOf(known(from, steps))).orElse(0);
        var at = Math.max(wanted, step.map(steps::indexOf).orElse(0)) + 1;
        var option = arguments.value(ONLY).map(only -> " --only " + only).orElse(at > 1 ? " --from " + at : "");
        return "./jbang lesson" + number + option + arguments.value(DATABASE).map(db -> " --db " + db).orElse("");
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

    private StepSelection selection(ParsedArguments arguments, List<String> steps) {
        return arguments.value(ONLY).map(step -> StepSelection.only(known(step, steps), steps))
            .or(() -> arguments.value(FROM).map(step -> StepSelection.from(known(step, steps), steps)))
            .orElseGet(() -> StepSelection.all(steps));
    }

    /** The step of a name, or of its number as --list prints it. */
    private String known(String step, List<String> steps) {
        if (step.matches("\\d{1,4}")) {
            var at = Integer.parseInt(step);
            if (at < 1 || at > steps.size()) {
                throw new UnknownName("there is no step " + step + "; lesson" + number + " has 1 to " + steps.size());
            }
            return steps.get(at - 1);
        }
        return UnknownName.check("step", step, steps);
    }
}
