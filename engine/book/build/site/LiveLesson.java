package book.build.site;

import book.Recording;
import book.build.live.LiveLikeness;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kernel.sql.syntax.CreatedNames;
import lesson.Lesson;
import lesson.Program;

/**
 * A lesson's SQL, in its order: its cells, and between them what its Java executes as a plain text.
 *
 * @param extensions that its cells create
 */
record LiveLesson(Lesson lesson, List<LiveItem> items, Set<String> extensions) {
    /** A statement of {@code main} itself, whose SQL is one text block or one string. */
    private static final Pattern EXECUTE = Pattern.compile(
        "(?m)^ {4}execute\\((app|owner|admin)\\(\\), (?:\"\"\"\\n(.*?)\"\"\"|\"([^\"\\\\]*)\")\\);", Pattern.DOTALL);
    private static final Pattern END_OF_MAIN = Pattern.compile("(?m)^}");
    private static final Pattern EXTENSION = Pattern.compile("create extension (?:if not exists )?(\\w+)");
    private static final String WORKBENCH = """
        create schema if not exists lab authorization course_owner;
        grant usage on schema lab to course_app;
        """;

    static LiveLesson of(Lesson lesson) throws IOException {
        var program = Files.readString(lesson.program()).replace("\r\n", "\n");
        var byPlace = new TreeMap<Integer, LiveItem>();
        byPlace.put(0, LiveItem.setup("workbench", "admin", WORKBENCH));
        var recording = Recording.read(lesson.recording());
        for (var region : Program.regions(lesson.program())) {
            if (region.language().equals("sql")) {
                byPlace.put(region.line(), LiveItem.cell(region, recording.flatMap(run -> run.step(region.id()))
                    .map(step -> LiveLikeness.of(step.outputs())).orElse(List.of())));
            }
        }
        var end = END_OF_MAIN.matcher(program);
        EXECUTE.matcher(program).region(0, end.find() ? end.start() : program.length()).results().forEach(call -> {
            var line = (int) program.substring(0, call.start()).chars().filter(c -> c == '\n').count() + 1;
            var sql = call.group(2) == null ? call.group(3) : call.group(2).stripIndent();
            if (!sql.contains("drop schema")) { // for what Java makes anew; and at the end a reader goes on
                byPlace.put(line, LiveItem.setup("line-" + line, call.group(1), sql));
            }
        });
        return new LiveLesson(lesson, withNeeds(List.copyOf(byPlace.values())), extensions(byPlace.values()));
    }

    /** The cells, without what is set up for them. */
    List<LiveItem> cells() {
        return items.stream().filter(item -> !item.setup()).toList();
    }

    private static Set<String> extensions(Iterable<LiveItem> items) {
        var names = new TreeSet<String>();
        items.forEach(item -> EXTENSION.matcher(item.source()).results().map(found -> found.group(1)).forEach(names::add));
        return names;
    }

    private static List<LiveItem> withNeeds(List<LiveItem> items) {
        var known = new ArrayList<LiveItem>();
        for (var item : items) {
            known.add(item.needing(needs(item, known)));
        }
        return known;
    }

    /** Those above that create what it mentions, and what these need. */
    private static List<String> needs(LiveItem item, List<LiveItem> above) {
        var mentioned = CreatedNames.mentioned(item.source());
        var wanted = new LinkedHashSet<String>();
        for (var other : above) {
            var created = CreatedNames.of(other.source()).objects();
            if (other.id().equals("workbench") || mentioned.stream().anyMatch(name -> name.parts().size() > 1 && created.stream().anyMatch(name::mayBe))) {
                wanted.addAll(other.needs());
                wanted.add(other.id());
            }
        }
        return above.stream().map(LiveItem::id).filter(wanted::contains).toList();
    }
}
