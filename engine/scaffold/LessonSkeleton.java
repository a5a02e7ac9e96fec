package scaffold;

import check.ReadmeCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lesson.Home;
import lesson.Lesson;
import lesson.UnknownName;

/** A new lesson: program, prose, alias, README's row and a line for IDEs. It runs; what it shows is to be recorded. */
public final class LessonSkeleton {
    private static final Pattern ID = Pattern.compile("(\\d\\d)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)");
    private static final Pattern ALIAS = Pattern.compile(" *\"lesson(\\d\\d)\": ");
    private static final Pattern ROW = Pattern.compile("\\| (\\d\\d) \\| ");
    private static final Pattern SOURCE = Pattern.compile(" *<source>lessons/(\\d\\d)-.*");
    private static final String QUESTION = "Which question does this lesson answer?";

    private LessonSkeleton() { }

    /**
     * @param id "10-replication"
     * @return the files that were made or changed
     * @throws UnknownName where the id is none, or its number is taken
     */
    public static List<Path> write(Home home, String id) throws IOException {
        var lesson = lesson(home, id);
        var title = Skeleton.title(lesson.topic());
        var skeleton = new Skeleton(home, Map.of("id", id, "number", lesson.number(), "title", title, "question", QUESTION));
        skeleton.write(lesson.program(), "lesson.java.txt");
        skeleton.write(lesson.prose(), "lesson.adoc");
        skeleton.insert("jbang-catalog.json", ALIAS, lesson.number(), "    \"lesson{{number}}\": { \"script-ref\": \"engine/Start.java\", "
            + "\"arguments\": [\"lesson{{number}}\"], \"description\": \"Lesson {{number}}, {{title}}: say what it is about.\" },");
        skeleton.insert("README.md", ROW, lesson.number(), ReadmeCheck.row(lesson, title, QUESTION));
        skeleton.insert("pom.xml", SOURCE, lesson.number(), "                <source>lessons/{{id}}</source>");
        return skeleton.written();
    }

    private static Lesson lesson(Home home, String id) {
        var parts = ID.matcher(id);
        if (!parts.matches()) {
            throw new UnknownName(id + " is no name for a lesson; it is two digits and a topic in lower case, 10-replication");
        }
        home.lessons().stream().filter(other -> other.number().equals(parts.group(1))).findFirst().ifPresent(other -> {
            throw new UnknownName("there is a lesson " + other.number() + " already, " + home.root().relativize(other.folder()));
        });
        return new Lesson(home, parts.group(1), parts.group(2));
    }
}
