package check;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson.Home;

/** pom.xml exists for IDEs alone; the versions stand in engine/Course.java, and these must be the same. It names each lesson. */
final class PomCheck {
    private static final Pattern DEPENDENCY = Pattern.compile(
        "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

    private PomCheck() { }

    static List<String> differences(Home home) throws IOException {
        var wanted = Stream.of("engine/Course.java", "engine/Book.java").flatMap(file -> lines(home, file))
            .filter(line -> line.startsWith("//DEPS ") && !line.endsWith("@pom")).map(line -> line.substring("//DEPS ".length()).strip())
            .collect(Collectors.toSet());
        var pom = Files.readString(home.root().resolve("pom.xml"));
        var found = DEPENDENCY.matcher(pom).results()
            .map(m -> m.group(1) + ":" + m.group(2) + ":" + m.group(3)).collect(Collectors.toSet());
        var lessons = home.lessons().stream().map(lesson -> "<source>lessons/" + lesson.id() + "</source>");
        return Stream.of(
            wanted.stream().filter(d -> !found.contains(d)).map(d -> "pom.xml lacks " + d),
            lessons.filter(line -> !pom.contains(line)).map(line -> "pom.xml lacks " + line),
            found.stream().filter(d -> !wanted.contains(d)).map(d -> "pom.xml has " + d + ", which no program asks for"))
            .flatMap(some -> some).sorted().toList();
    }

    private static Stream<String> lines(Home home, String file) {
        try {
            return Files.readAllLines(home.root().resolve(file)).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }
}
