package scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lesson.Home;

/** Files made from templates, in which {@code {{name}}} stands for a value. */
final class Skeleton {
    private final Home home;
    private final Map<String, String> values;
    private final List<Path> written = new ArrayList<>();

    Skeleton(Home home, Map<String, String> values) {
        this.home = home;
        this.values = values;
    }

    /** "Small step" for "small-step". */
    static String title(String topic) {
        return Character.toUpperCase(topic.charAt(0)) + topic.substring(1).replace('-', ' ');
    }

    void write(Path file, String template) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text(Files.readString(home.root().resolve("engine/scaffold/templates").resolve(template))));
        written.add(file);
    }

    /** Adds the line of a lesson after those of the lessons before it. The pattern's group is the number of a lesson. */
    void insert(String name, Pattern lessonLine, String number, String line) throws IOException {
        var file = home.root().resolve(name);
        var lines = new ArrayList<>(Files.readAllLines(file));
        var at = 0;
        for (int i = 0; i < lines.size(); i++) {
            var found = lessonLine.matcher(lines.get(i));
            if (found.lookingAt() && found.group(1).compareTo(number) < 0) {
                at = i + 1;
            }
        }
        if (at == 0) {
            throw new IOException(file + " has no line of a lesson before " + number + " after which another could stand");
        }
        lines.add(at, text(line));
        Files.writeString(file, String.join("\n", lines) + "\n");
        written.add(file);
    }

    /** What was made or changed, in order. */
    List<Path> written() {
        return List.copyOf(written);
    }

    private String text(String template) {
        var text = template;
        for (var value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return text;
    }
}
