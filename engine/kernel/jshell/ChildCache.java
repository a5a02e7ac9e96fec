package kernel.jshell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The AOT cache of children: without it, one takes several times as long to answer for the first time. */
final class ChildCache {
    private static final Path SELF = Path.of("/proc/self/cmdline");
    private static final String OPTION = "-XX:AOTCache=";
    private static final List<String> SILENT = List.of("-Xlog:aot*=off,cds*=off");
    /** Set by the launcher when it trains: the file into which a child's JVM writes its cache at its end. */
    private static final Optional<String> TRAINING = Optional.ofNullable(System.getProperty("course.kernelCache"));

    private ChildCache() { }

    /** Whether the child is to come to an end of its own, however long it takes to write its cache. */
    static boolean isTraining() {
        return TRAINING.isPresent();
    }

    static List<String> options() {
        if (isTraining()) {
            return Stream.concat(SILENT.stream(), Stream.of("-XX:AOTCacheOutput=" + TRAINING.get(), "-Dcourse.training=true")).toList();
        }
        return own().map(Path::of).filter(Files::isRegularFile)
            .map(cache -> Stream.concat(SILENT.stream(), Stream.of(OPTION + cache)).toList()).orElse(List.of());
    }

    /** It lies beside that of this process, under the same name with another ending. */
    private static Optional<String> own() {
        return arguments().filter(argument -> argument.startsWith(OPTION))
            .map(argument -> argument.substring(OPTION.length()).replaceFirst("(\\.notebook)?\\.aot$", ".kernel.aot")).findFirst();
    }

    /** What this JVM was started with. Linux tells a {@link ProcessHandle} no command line that is longer than a page of memory. */
    private static Stream<String> arguments() {
        try {
            return Files.isReadable(SELF) ? Arrays.stream(Files.readString(SELF, StandardCharsets.UTF_8).split("\0"))
                : ProcessHandle.current().info().arguments().stream().flatMap(Arrays::stream);
        } catch (IOException e) {
            return Stream.empty(); // without the cache it only starts later
        }
    }
}
