package check;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import lesson.Home;
import lesson.Lesson;

/** README.md has a row for each lesson, with the title and the question of its prose. */
public final class ReadmeCheck {
    private ReadmeCheck() { }

    static List<String> complaints(Home home) throws IOException {
        var rows = Files.readAllLines(home.root().resolve("README.md")).stream().filter(line -> line.matches("\\| \\d\\d \\| .*")).toList();
        var wanted = new ArrayList<String>();
        for (var lesson : home.lessons()) {
            if (Files.exists(lesson.prose())) {
                wanted.add(row(lesson));
            }
        }
        var complaints = new ArrayList<String>();
        wanted.stream().filter(row -> !rows.contains(row)).forEach(row -> complaints.add("README.md lacks the row\n" + row));
        rows.stream().filter(row -> !wanted.contains(row)).forEach(row -> complaints.add("README.md has a row of no lesson:\n" + row));
        return complaints;
    }

    private static String row(Lesson lesson) throws IOException {
        var prose = Files.readAllLines(lesson.prose());
        return row(lesson, after("= ", prose), after(":question: ", prose));
    }

    /** The row of a lesson. */
    public static String row(Lesson lesson, String title, String question) {
        return "| " + lesson.number() + " | [" + title + "](docs/" + lesson.id() + ".html) | " + question + " |";
    }

    private static String after(String mark, List<String> prose) {
        return prose.stream().filter(line -> line.startsWith(mark)).findFirst().map(line -> line.substring(mark.length()).strip()).orElse("");
    }
}
