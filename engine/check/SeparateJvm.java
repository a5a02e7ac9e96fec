package check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jvm.ChildJvm;
import lab.os.Processes;
import lab.os.TempFolder;
import lesson.Home;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of the self-check in a JVM of its own. It writes what it found into a file, where nobody prints, and ends when this
 * JVM does.
 */
final class SeparateJvm {
    /** Nothing hangs so long that its own limits would not end it; a busy machine takes three times as long as a quiet one. */
    private static final Duration TIMEOUT = Duration.ofMinutes(45);

    private SeparateJvm() { }

    /**
     * Runs a program and reads its report.
     *
     * @param what    what it does, as a name for what goes wrong with all of it: "the engine's tests run"
     * @param program its main class, which gets the report's path before these arguments, begins with
     *                {@link ChildJvm#endWithParent} and ends with {@link #report}
     */
    static List<Result> run(Home home, ChildJvm jvm, String what, Class<?> program, List<String> arguments) throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("report")) {
            var report = tempFolder.folder().resolve("report.json");
            var all = new ArrayList<>(List.of(report.toString()));
            all.addAll(arguments);
            var process = jvm.running(program, all).directory(home.root().toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            if (!Processes.endsWithin(TIMEOUT, process)) {
                return List.of(Result.failed(what, "still running after " + TIMEOUT.toMinutes() + " minutes"));
            }
            return Files.exists(report) ? List.of(JsonMapper.shared().readValue(Files.readString(report), Result[].class))
                : List.of(Result.failed(what, "its JVM ended with " + process.exitValue() + " and no report"));
        }
    }

    /** Called last by such a program. Ends it, whatever threads are left. */
    static void report(Path report, List<Result> results) {
        JsonMapper.shared().writeValue(report.toFile(), results);
        System.exit(0);
    }
}
