package grading;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this JVM was started, to start another like it: the same options, so the same AOT cache fits. */
final class OwnJvm {
    private OwnJvm() { }

    /** The command up to the class path, without the main class. */
    static List<String> command(int heapMb) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options().stream().filter(OwnJvm::fitsAChild).forEach(command::add);
        command.add("-Xmx" + heapMb + "m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-classpath");
        command.add(System.getProperty("java.class.path"));
        return command;
    }

    private static boolean fitsAChild(String option) {
        return option.startsWith("-") && !option.startsWith("-Xmx") && !option.contains("AOTCacheOutput")
            && !option.contains("AOTMode") && !option.contains("AOTConfiguration") && !option.contains("jdwp");
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
