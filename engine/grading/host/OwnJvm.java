package grading.host;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How this JVM was started, to start another like it: the same options, so the same AOT cache fits. */
final class OwnJvm {
    /** Set by the launcher when it trains: the file into which a worker's JVM writes at its end which classes it needed. */
    private static final Optional<String> TRAINING = Optional.ofNullable(System.getProperty("course.workerClasses"));
    private static final String CACHE = "-XX:AOTCache=";

    private OwnJvm() { }

    /** The command up to the class path, without the main class. */
    static List<String> command(int heapMb) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options().stream().filter(OwnJvm::fitsAChild).map(OwnJvm::forWorkers).forEach(command::add);
        TRAINING.ifPresent(file -> command.addAll(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file)));
        command.add("-Xmx" + heapMb + "m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-classpath");
        command.add(System.getProperty("java.class.path"));
        return command;
    }

    /** Whether workers must come to an end of their own, to write what they needed. */
    static boolean isTraining() {
        return TRAINING.isPresent();
    }

    private static boolean fitsAChild(String option) {
        return option.startsWith("-") && !option.startsWith("-Xmx") && !option.contains("AOTCacheOutput")
            && !option.contains("AOTMode") && !option.contains("AOTConfiguration") && !option.contains("jdwp")
            && !option.contains("course.workerClasses");
    }

    /** Workers have a cache of their own beside ours. An empty one says that its training failed: ours serves as well then. */
    static String forWorkers(String option) {
        if (!option.startsWith(CACHE)) {
            return option;
        }
        var workers = Path.of(option.substring(CACHE.length()).replaceFirst("(\\.notebook)?\\.aot$", ".worker.aot"));
        return workers.toFile().length() > 0 ? CACHE + workers : option;
    }

    /** /proc answers at once; the management beans take as long to load as all of the rest of the start. */
    private static List<String> options() {
        try {
            var arguments = List.of(Files.readString(Path.of("/proc/self/cmdline")).split("\0"));
            var end = arguments.stream().filter(a -> a.matches("-cp|-classpath|--class-path.*")).findFirst().map(arguments::indexOf);
            return end.map(last -> arguments.subList(1, last)).orElseGet(OwnJvm::asked);
        } catch (IOException e) {
            return asked(); // no Linux
        }
    }

    private static List<String> asked() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
