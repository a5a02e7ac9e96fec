package check;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lab.os.Processes;
import lab.os.TempFolder;
import lesson.Home;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of the self-check in a JVM of its own, on the class path and with the options of this one. It writes what it
 * found into a file, where nobody prints, and ends when this JVM does.
 */
final class SeparateJvm {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private final Home home;
    private final List<String> options = new ArrayList<>();
    private final List<Path> alsoOnTheClassPath = new ArrayList<>();

    SeparateJvm(Home home) {
        this.home = home;
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.contains("jdwp")).forEach(options::add);
    }

    /** One more option of the JVM; the last of a kind holds. */
    SeparateJvm with(String option) {
        options.add(option);
        return this;
    }

    SeparateJvm with(Path classes) {
        alsoOnTheClassPath.add(classes);
        return this;
    }

    /**
     * Runs the program and reads its report.
     *
     * @param what    what it does, as a name for what goes wrong with all of it: "the engine's tests run"
     * @param program its main class, which gets the report's path before these arguments and ends with {@link #report}
     */
    List<Result> run(String what, Class<?> program, List<String> arguments) throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("report")) {
            var report = tempFolder.folder().resolve("report.json");
            // The pipe to its input stays open as long as this JVM lives.
            var process = new ProcessBuilder(command(program, report, arguments)).directory(home.root().toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            if (!Processes.endsWithin(TIMEOUT, process)) {
                return List.of(Result.failed(what, "still running after " + TIMEOUT.toMinutes() + " minutes"));
            }
            return Files.exists(report) ? List.of(JsonMapper.shared().readValue(Files.readString(report), Result[].class))
                : List.of(Result.failed(what, "its JVM ended with " + process.exitValue() + " and no report"));
        }
    }

    private List<String> command(Class<?> program, Path report, List<String> arguments) {
        var classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        alsoOnTheClassPath.forEach(classes -> classPath.add(classes.toString()));
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), program.getName(), report.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Called first by a program that runs apart: ends this JVM, and closes what it holds, when the one that asked is gone. */
    static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // gone as well
            }
            System.exit(1);
        });
    }

    /** Called last by a program that runs apart. Ends it, whatever threads are left behind. */
    static void report(Path report, List<Result> results) {
        JsonMapper.shared().writeValue(report.toFile(), results);
        System.exit(0);
    }
}
