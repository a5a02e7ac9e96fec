package grading;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jvm.ChildJvm;
import jvm.IsolatedJvm;
import kernel.compile.JavaCompiler;
import kernel.compile.ScriptCompiler;
import lab.os.Scripts;

/**
 * An answer that is a program: its one Java file, to be started as often as a check likes, each time as a JVM of its own. Ask for it as a
 * parameter of a check, or of what runs before all. What still runs after the checks is ended then.
 *
 * <p>It runs on the libraries of the course, or, where it has lines {@code //DEPS} of its own, on those that jbang finds for them.
 */
public final class AnswerProgram implements AutoCloseable {
    /** It is small, and several run side by side. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final List<RunningProgram> started = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final List<String> command;

    private AnswerProgram(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /**
     * The program of an answer.
     *
     * @param folder    in which it runs, and where its classes go
     * @param classPath of a script; asked for where the answer is one
     * @throws Mismatch where it has no Java file, or one that does not compile
     */
    public static AnswerProgram of(Answer answer, Path folder, Supplier<List<Path>> classPath) {
        var source = answer.files().stream().filter(file -> file.toString().endsWith(".java")).findFirst().orElseThrow(() -> new Mismatch(
            "The answer", "a program in Java", answer.files().stream().map(Path::getFileName).toList(), "`reset` brings it back."));
        return new AnswerProgram(folder, Scripts.isScript(source) ? script(source, classPath.get(), folder) : compiled(source, folder));
    }

    private static List<String> script(Path source, List<Path> libraries, Path folder) {
        var classes = folder.resolve("classes");
        var problems = ScriptCompiler.compile(List.of(source), libraries, classes);
        if (!problems.isEmpty()) {
            throw new Mismatch("The program", "one that compiles", problems, "");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = Stream.concat(Stream.of(classes), libraries.stream()).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return Stream.of(List.of(java), OPTIONS, List.of("-cp", classPath, nameOf(source))).flatMap(List::stream).toList();
    }

    private static String nameOf(Path source) {
        return source.getFileName().toString().replaceFirst("\\.java$", "");
    }

    /** Compiled once, however often it is started. */
    private static List<String> compiled(Path source, Path folder) {
        return switch (JavaCompiler.compile(List.of(source), Map.of())) {
            case JavaCompiler.Result.Refused(var problems) -> throw new Mismatch("The program", "one that compiles", problems, "");
            case JavaCompiler.Result.Compiled(var classes) -> {
                var written = write(classes, folder.resolve("classes"));
                yield jvm().with(OPTIONS).with(written).running(nameOf(source), List.of()).command();
            }
        };
    }

    /** A process of its own needs no isolation from ours, and starts in less time without. */
    private static ChildJvm jvm() {
        return IsolatedJvm.isHere() ? ChildJvm.plain().on(IsolatedJvm.classPath()) : ChildJvm.likeThis();
    }

    private static Path write(Map<String, byte[]> classes, Path folder) {
        try {
            Files.createDirectories(folder);
            for (var entry : classes.entrySet()) {
                Files.write(folder.resolve(entry.getKey() + ".class"), entry.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the classes of the program to " + folder, e);
        }
    }

    /** Starts it once more, and returns at once; {@link RunningProgram#port} waits until it listens. */
    public RunningProgram start(Map<String, String> environment) {
        var builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove(RandomData.VARIABLE); // an answer need not know what it is asked
        builder.environment().putAll(environment);
        try {
            var running = new RunningProgram(builder.start(), client);
            started.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the program", e);
        }
    }

    /** Ends all that run. */
    @Override public void close() {
        started.forEach(RunningProgram::close);
        client.shutdownNow();
        try {
            client.awaitTermination(CONNECT); // its threads are not the answer's
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
