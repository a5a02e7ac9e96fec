package book.guides;

import book.ClonePaths;
import book.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lesson.Lesson;

/**
 * A line of a lesson's prose that says what the section below it tries: {@code [#pool-size,tries="pool-size, health-check"]}.
 * Asciidoctor keeps such an attribute to itself, so it reaches neither the page nor the notebook.
 *
 * @param line    1-based
 * @param section its id
 * @param advice  ids in docs/guides.adoc
 */
record Mark(Lesson lesson, int line, String section, List<String> advice) {
    private static final Pattern LINE = Pattern.compile("\\[#([a-z0-9-]+),tries=\"([a-z0-9-]+(?:, [a-z0-9-]+)*)\"]");

    /** Those of a lesson in their order; a line that looks like one and is none becomes a finding. */
    static List<Mark> of(Lesson lesson, List<Finding> findings) throws IOException {
        var marks = new ArrayList<Mark>();
        var lines = Files.readAllLines(lesson.prose());
        for (int i = 0; i < lines.size(); i++) {
            var mark = LINE.matcher(lines.get(i));
            if (mark.matches()) {
                marks.add(new Mark(lesson, i + 1, mark.group(1), List.of(mark.group(2).split(", "))));
            } else if (lines.get(i).startsWith("[") && lines.get(i).contains("tries=")) {
                findings.add(new Finding(ClonePaths.of(lesson.home(), lesson.prose()), i + 1, lines.get(i) + " is no mark",
                    "Write [#section,tries=\"advice, advice\"] above the heading."));
            }
        }
        return marks;
    }

    Finding finding(String what, String todo) {
        return new Finding(ClonePaths.of(lesson.home(), lesson.prose()), line, what, todo);
    }
}
