package cli;

import grading.worker.Rehearsal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lab.Choice;
import lab.LabException;
import lab.Progress;
import lesson.Home;
import lesson.Program;
import picocli.CommandLine.Command;

/**
 * Does what people do most, so that the JVM can keep the classes that it needed. Called by the launcher, not by people.
 * What fails here fails again, and is said, when somebody asks for it.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @Override public Integer call() throws ClassNotFoundException {
        var home = Home.here();
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        for (var database : databases()) {
            home.lessons().stream().findFirst().ifPresent(lesson -> Main.run("lesson" + lesson.number(), "--no-pause",
                "--only", Program.regions(lesson.program()).getFirst().id(), "--db", database));
        }
        for (var exercise : home.exercises().stream().limit(1).toList()) {
            // --answer: what the machine does for itself is no progress of the learner's.
            Main.run("verify", exercise.id(), "--db", "embedded", "--answer", exercise.solution().toString());
            Rehearsal.inThisJvm(exercise);
        }
        return Main.OK;
    }

    private static List<String> databases() {
        var databases = new ArrayList<>(List.of("embedded"));
        try {
            Choice.of("docker", Progress.SILENT);
            databases.add("docker");
        } catch (LabException e) {
            // no Docker here, so nothing of it needs to start quickly
        }
        return databases;
    }
}
