package jvm;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command line of a child JVM: the JDK of this one, options, class path, program. */
public final class ChildJvm {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    /** What concerns this JVM alone: its debugger, and the AOT cache that it is being trained for. */
    private static final Pattern OURS_ALONE = Pattern.compile(".*(jdwp|AOTCacheOutput|AOTMode|AOTConfiguration).*");
    private final List<String> options;
    private final List<String> classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));

    private ChildJvm(List<String> options) {
        this.options = new ArrayList<>(options);
    }

    /** One with the options of this JVM, so that the same AOT cache fits. */
    public static ChildJvm likeThis() {
        return new ChildJvm(ownOptions().stream().filter(option -> option.startsWith("-") && !OURS_ALONE.matcher(option).matches()).toList());
    }

    /** One with no options but those that {@link #with} adds. */
    public static ChildJvm plain() {
        return new ChildJvm(List.of());
    }

    /** Adds options; the last of a kind holds. */
    public ChildJvm with(List<String> more) {
        options.addAll(more);
        return this;
    }

    /** Adds a folder of classes after this JVM's own class path. */
    public ChildJvm with(Path classes) {
        classPath.add(classes.toString());
        return this;
    }

    /** Has this class path, and nothing of this JVM's own. */
    public ChildJvm on(List<Path> only) {
        classPath.clear();
        only.forEach(path -> classPath.add(path.toString()));
        return this;
    }

    /** Runs the main method of a class. */
    public ProcessBuilder running(Class<?> program, List<String> arguments) {
        return running(program.getName(), arguments);
    }

    /** Runs the main method of a class that this JVM need not know. */
    public ProcessBuilder running(String program, List<String> arguments) {
        return command(List.of("-classpath", String.join(File.pathSeparator, classPath), program), arguments);
    }

    /** Runs a jar, which names its class path and its main class itself. */
    public ProcessBuilder running(Path jar, List<String> arguments) {
        return command(List.of("-jar", jar.toString()), arguments);
    }

    private ProcessBuilder command(List<String> program, List<String> arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(program);
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Called first by a child that does not read its standard input: ends it, and closes what it holds, when its parent is gone. */
    public static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream()); // the pipe is open as long as the parent lives
            } catch (IOException e) {
                // gone as well
            }
            System.exit(1);
        });
    }

    /** /proc answers at once; the management beans take as long to load as all of the rest of the start. */
    static List<String> ownOptions() {
        try {
            var arguments = List.of(Files.readString(COMMAND_LINE).split("\0"));
            var end = arguments.stream().filter(a -> a.matches("-cp|-classpath|--class-path.*")).findFirst().map(arguments::indexOf);
            return end.map(last -> arguments.subList(1, last)).orElseGet(ChildJvm::askedOptions);
        } catch (IOException e) {
            return askedOptions(); // no Linux
        }
    }

    private static List<String> askedOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
