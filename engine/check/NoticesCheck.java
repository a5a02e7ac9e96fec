package check;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lesson.Home;

/** NOTICES.md names each library that a program of the course asks for, and each that is on the class path of this one. */
final class NoticesCheck {
    private static final String NOTICES = "NOTICES.md";
    /** {@code //DEPS group:artifact:version}, or without a version where a BOM has it. */
    private static final Pattern ASKED = Pattern.compile("(?m)^//DEPS ([\\w.-]+:[\\w.-]+)");
    /** {@code …/org/jsoup/jsoup/1.24.1/jsoup-1.24.1.jar} in a repository of Maven's: artifact and version give the file its name. */
    private static final Pattern JAR = Pattern.compile(".*/([\\w.-]+)/([\\w.-]+)/\\1-\\2\\.jar");
    private static final Pattern NAMED = Pattern.compile("(?m)^\\| `([\\w.-]+:([\\w.-]+))` \\|");

    private NoticesCheck() { }

    static List<String> complaints(Home home) throws IOException {
        var text = Files.readString(home.root().resolve(NOTICES));
        var libraries = new TreeSet<String>();
        var artifacts = new TreeSet<String>();
        NAMED.matcher(text).results().forEach(named -> {
            libraries.add(named.group(1));
            artifacts.add(named.group(2));
        });
        var asked = asked(home).stream().filter(library -> !libraries.contains(library))
            .map(library -> NOTICES + " lacks " + library + ", which a program asks for; add it with its licence");
        var brought = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(jar -> JAR.matcher(jar.replace('\\', '/')))
            .filter(jar -> jar.matches() && !artifacts.contains(jar.group(1)))
            .map(jar -> NOTICES + " lacks " + jar.group(1) + ", which another library brings; add it with its licence");
        return Stream.concat(asked, brought).distinct().toList();
    }

    private static Set<String> asked(Home home) throws IOException {
        var asked = new TreeSet<String>();
        for (var top : List.of("lessons", "solutions", "exercises", "verify")) {
            try (var files = Files.walk(home.root().resolve(top))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> add(file, asked));
            }
        }
        Stream.of("Course.java", "Book.java").map(home.root().resolve("engine")::resolve).forEach(file -> add(file, asked));
        return asked;
    }

    private static void add(Path program, Set<String> asked) {
        try {
            ASKED.matcher(Files.readString(program)).results().forEach(line -> asked.add(line.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + program, e);
        }
    }
}
