package launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The pinned jbang where the launcher or Maven has already put it on this machine. */
public final class RealJbang {

    /** Its name in the launcher's cache. */
    public static final String JAR = "jbang-cli-0.132.1-all.jar";

    private RealJbang() {
    }

    /** Ends the test as not judged, with the reason, on a machine that never fetched it. */
    static Path jar() {
        var found = find();
        assumeTrue(found.isPresent(), "no " + JAR + " on this machine; run ./jbang version once without an installed jbang");
        return found.orElseThrow();
    }

    /** Nothing on a machine that never fetched it, because a jbang is installed there. */
    public static Optional<Path> find() {
        var user = Path.of(Objects.requireNonNullElse(System.getenv("HOME"), System.getProperty("user.home")));
        var maven = Path.of("dev/jbang/jbang-cli/0.132.1", JAR);
        return Stream.of(named("JBANG_CACHE_DIR", "launcher"), named("JBANG_DIR", "cache/launcher"), user.resolve(".jbang/cache/launcher"),
                        named("JBANG_REPO", maven.getParent().toString()), user.resolve(".m2/repository").resolve(maven.getParent()))
                .map(folder -> folder.resolve(JAR)).filter(Files::isRegularFile).findFirst();
    }

    /** As its own installers lay it down: a script that runs what jbang answers, or ends as it did. */
    static Path installed(Sandbox sandbox) {
        return sandbox.script(sandbox.bin.resolve("jbang"), """
            JBANG_LAUNCH_CMD=$0
            export JBANG_LAUNCH_CMD
            answer=$(JBANG_RUNTIME_SHELL=bash "$JAVA_HOME/bin/java" "-Duser.home=$HOME" -cp '%s' dev.jbang.Main "$@")
            code=$?
            if [ $code -eq 255 ]; then eval "exec $answer"; fi
            exit $code
            """.formatted(jar()));
    }

    private static Path named(String variable, String below) {
        return Path.of(Objects.requireNonNullElse(System.getenv(variable), "/no-" + variable)).resolve(below);
    }
}
