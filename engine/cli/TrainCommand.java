package cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import lab.LabException;
import lab.Progress;
import lab.provider.Providers;
import lesson.Home;
import lesson.Program;
import script.LessonProgram;

/**
 * Does what people do most, so that the JVM can keep the classes that it needed. Called by the launcher, not by people:
 * with {@code worker}, a worker keeps what judging an answer takes; with {@code host}, this JVM what commands take; with
 * {@code notebook}, this JVM and its child what a page of the notebook takes. One cache with the classes of all makes all
 * start later. What fails here fails again, and is said, when somebody asks.
 */
final class TrainCommand extends Command {
    TrainCommand() {
        super("train", "Do what people do most, for the JVM's cache of classes.", Arguments.one("host|worker|notebook", "whose classes to keep"));
    }

    @Override protected int run(ParsedArguments arguments) {
        var home = Home.here();
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        if (arguments.words().getFirst().equals("notebook")) {
            NotebookTraining.run(home);
            return Main.OK;
        }
        if (arguments.words().getFirst().equals("worker")) {
            home.lessons().forEach(LessonProgram::of); // else the host would compile the first lesson, and its cache hold the compiler
        } else {
            runLesson(home);
        }
        // --answer: what the machine does for itself is no progress of the learner's.
        home.exercises().stream().findFirst().ifPresent(exercise ->
            Main.run("verify", exercise.id(), "--db", "embedded", "--answer", exercise.solution().toString()));
        return Main.OK;
    }

    private static void runLesson(Home home) {
        for (var database : databases()) {
            home.lessons().stream().findFirst().ifPresent(lesson -> Main.run("lesson" + lesson.number(), "--no-pause",
                "--only", Program.regions(lesson.program()).getFirst().id(), "--db", database));
        }
    }

    private static List<String> databases() {
        var databases = new ArrayList<>(List.of("embedded"));
        try {
            Providers.of("docker", Progress.SILENT);
            databases.add("docker");
        } catch (LabException e) {
            // no Docker here, so nothing of it needs to start quickly
        }
        return databases;
    }
}
