package lab.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import lab.LabException;

/** The operating system and processor, as the artifacts that carry PostgreSQL's binaries name them. */
public record Platform(String os, String processor) {

    /** Whether this JVM runs on Windows. */
    public static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /**
     * This machine's.
     *
     * @throws LabException where there are no binaries for its processor
     */
    public static Platform here() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var os = name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : "linux";
        var processor = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64v8";
            case String other -> throw new LabException("there are no embedded PostgreSQL binaries for the processor "
                + other + "; use --db docker, --db local or --db jdbc:postgresql://…");
        };
        var alpine = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine" : "";
        return new Platform(os, processor + alpine);
    }

    @Override public String toString() {
        return os + "-" + processor;
    }
}
