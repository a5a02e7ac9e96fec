package jvm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The AOT caches of child JVMs; without one, a child takes several times as long to answer for the first time. The launcher
 * trains them ({@code engine/launcher/train.sh}, {@code cli.TrainCommand}). They lie beside the cache of the course program,
 * and all have its name with an ending of their own: {@code course.aot} for commands, {@code course.notebook.aot} for the
 * notebook, {@code course.worker.aot} and {@code course.kernel.aot} for the children of both.
 */
public enum AotCache {
    /** Of the JVM that judges answers. Its training only notes the classes; the launcher makes the cache of them. */
    WORKER("worker", "course.workerClasses", "-XX:AOTMode=record", "-XX:AOTConfiguration="),
    /** Of the JVM that runs the cells of a page. */
    KERNEL("kernel", "course.kernelCache", "-Dcourse.training=true", "-XX:AOTCacheOutput=");

    /** How long a child that is being trained may take to write, once it has been told to end. */
    public static final Duration TRAINING_END = Duration.ofMinutes(3);
    private static final String OPTION = "-XX:AOTCache=";
    // A cache that does not fit is nothing that a learner could do something about.
    private static final List<String> SILENT = List.of("-Xlog:aot*=off,cds*=off");
    private final String ending;
    private final Optional<String> trainingFile;
    private final List<String> trainingOptions;

    AotCache(String name, String property, String mode, String output) {
        ending = "." + name + ".aot";
        trainingFile = Optional.ofNullable(System.getProperty(property));
        trainingOptions = trainingFile.map(file -> List.of(mode, output + file)).orElse(List.of());
    }

    /** Whether the launcher trains this cache now: the child must come to an end of its own then, to write what it needed. */
    public boolean isTraining() {
        return trainingFile.isPresent();
    }

    /** Options of a child that uses this cache, or trains it; none where there is no cache. */
    public List<String> options() {
        var options = isTraining() ? trainingOptions : find(ChildJvm.ownOptions()).map(cache -> List.of(OPTION + cache)).orElse(List.of());
        return options.isEmpty() ? options : Stream.concat(SILENT.stream(), options.stream()).toList();
    }

    /** The cache beside the one of a JVM with these options. An empty file says that its training failed. */
    Optional<Path> find(List<String> options) {
        return options.stream().filter(option -> option.startsWith(OPTION)).findFirst()
            .map(option -> Path.of(option.substring(OPTION.length()).replaceFirst("(\\.notebook)?\\.aot$", ending)))
            .filter(cache -> cache.toFile().length() > 0);
    }
}
