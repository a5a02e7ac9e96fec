package kernel.jshell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The AOT cache of children: without it, one takes several times as long to answer for the first time. */
final class ChildCache {
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
        return ProcessHandle.current().info().arguments().stream().flatMap(Arrays::stream).filter(argument -> argument.startsWith(OPTION))
            .map(argument -> argument.substring(OPTION.length()).replaceFirst("(\\.notebook)?\\.aot$", ".kernel.aot")).findFirst();
    }
}
