package cli;

import java.util.List;
import java.util.concurrent.Callable;
import lab.DiskTrouble;
import lab.LabException;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;
import lesson.UnknownName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import script.EndOfLesson;
import script.LessonProgram;
import script.Run;
import script.Selection;
import terminal.Ending;
import terminal.Stages;

/** {@code lesson02}: runs a lesson in the terminal. */
@Command(name = "lesson", description = "Run a lesson, step by step.", mixinStandardHelpOptions = true,
    customSynopsis = "./jbang lessonNN [--db=DB] [--no-pause] [--from=STEP | --only=STEP] [--list]")
final class LessonCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN", description = "the lesson's number") String number;
    @Mixin DatabaseOption db;
    @Option(names = "--no-pause", description = "run straight through") boolean noPause;
    @Option(names = "--from", paramLabel = "STEP", description = "start here; earlier steps run silently") String from;
    @Option(names = "--only", paramLabel = "STEP", description = "show this step alone") String only;
    @Option(names = "--list", description = "print the steps and stop") boolean list;

    @Override public Integer call() throws Exception {
        var lesson = Home.here().lesson(number);
        var regions = Program.regions(lesson.program());
        if (list) {
            print(lesson, regions);
            return Main.OK;
        }
        var selection = selection(regions.stream().map(Region::id).toList());
        var database = db.checked();
        var stage = bench.Stopwatch.around(Stages.of(lesson.home().root(), noPause));
        stage.opened(lesson);
        try (var run = new Run(lesson, database, selection, stage)) {
            LessonProgram.of(lesson).run();
            run.finish();
        } catch (EndOfLesson quit) {
            return Main.OK; // at the very last pause, behind the program's end
        } catch (LabException | UnknownName e) {
            throw e; // nothing could be judged
        } catch (Exception e) {
            Ending.explain(lesson, e, System.err);
            DiskTrouble.behind(e).ifPresent(full -> {
                throw new LabException(full); // the lesson claims nothing about a full disk
            });
            return Main.FAILED;
        }
        return Main.OK;
    }

    /** Number, id and title of each step. */
    private static void print(Lesson lesson, List<Region> regions) {
        var titles = Stages.titles(lesson);
        var width = regions.stream().mapToInt(region -> region.id().length()).max().orElse(0);
        for (int i = 0; i < regions.size(); i++) {
            var id = regions.get(i).id();
            System.out.println(String.format("%2d  %-" + width + "s  %s", i + 1, id, titles.getOrDefault(id, "")).stripTrailing());
        }
    }

    private Selection selection(List<String> steps) {
        if (only != null) {
            return Selection.only(known(only, steps), steps);
        }
        return from == null ? Selection.all(steps) : Selection.from(known(from, steps), steps);
    }

    private static String known(String step, List<String> steps) {
        if (!steps.contains(step)) {
            throw UnknownName.of("step", step, steps);
        }
        return step;
    }
}
