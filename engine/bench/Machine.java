package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lab.os.TempFolder;

/** How fast this machine is, compared to the one on which the targets were set: a target in seconds means little without it. */
final class Machine {
    /** Seconds of {@code javac} on that machine, for one class with one method, with JDK 25. */
    private static final double REFERENCE_SECONDS = 0.388;

    private Machine() { }

    /** Times {@code javac} here. Two lines of the table. */
    static List<String> lines(Path root, int runs) throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("javac")) {
            var source = tempFolder.folder().resolve("One.java");
            Files.writeString(source, "class One { public static void main(String[] words) { System.out.println(words.length); } }");
            var command = List.of(Path.of(System.getProperty("java.home"), "bin/javac").toString(), "-d", tempFolder.folder().toString(), source.toString());
            var here = new Row("javac, one class", new Commands(root).times(command, runs), REFERENCE_SECONDS + " s where the targets were set");
            return List.of(here.line(), String.format(Locale.ROOT, "this machine takes %.1f times as long as that one", here.median() / REFERENCE_SECONDS));
        }
    }
}
