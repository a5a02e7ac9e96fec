package elsewhere;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lab.Versions;
import lesson.Home;
import lesson.Lesson;
import lesson.Sums;
import script.Migrations;

/**
 * A short sum of each file that what the programs of a lesson print depends on, and of what they printed:
 * {@code lessons/NN-topic/elsewhere/recorded.sums}, written by {@code record --elsewhere} and by nobody else. Whether all is still as it
 * was then, it tells without running a program.
 *
 * @param sums by the file's name from the root of the clone; the version stands with PostgreSQL
 */
public record RecordedSums(SortedMap<String, String> sums) {
    /** In the folder of the programs. */
    static final String FILE = "recorded.sums";

    /** Those that were recorded; none where nobody did yet. */
    public static RecordedSums of(Lesson lesson) {
        return new RecordedSums(Sums.read(file(lesson)).byName());
    }

    /** Those of the files as they are now; none where the lesson has no such programs. */
    public static RecordedSums now(Lesson lesson) {
        var programs = ToolProgram.of(lesson);
        var sums = new TreeMap<String, String>();
        if (!programs.isEmpty()) {
            sums.put("PostgreSQL", Versions.embedded(Versions.DEFAULT));
            programs.stream().flatMap(RecordedSums::files).filter(Files::exists).forEach(file -> sums.put(name(lesson.home(), file), Sums.of(file)));
        }
        return new RecordedSums(sums);
    }

    /** Where they are recorded. */
    public static Path file(Lesson lesson) {
        return lesson.folder().resolve(ToolProgram.FOLDER).resolve(FILE);
    }

    private static Stream<Path> files(ToolProgram program) {
        return Stream.of(Stream.of(program.recording()), program.files().stream(), Migrations.filesBefore(program.lesson()).stream()).flatMap(some -> some);
    }

    /** Whether a program, its recording and what it depends on are among these, as they are in the others. */
    public boolean fit(ToolProgram program, RecordedSums others) {
        return files(program).map(file -> name(program.lesson().home(), file)).allMatch(name -> isSame(name, others)) && isSame("PostgreSQL", others);
    }

    private boolean isSame(String name, RecordedSums others) {
        return sums.containsKey(name) && sums.get(name).equals(others.sums.get(name));
    }

    /** What has changed from these to the others: "lessons/06-relationships/elsewhere/knex.js has changed". */
    public List<String> changes(RecordedSums others) {
        var names = new TreeSet<>(sums.keySet());
        names.addAll(others.sums.keySet());
        return names.stream().flatMap(name -> change(name, Optional.ofNullable(sums.get(name)), Optional.ofNullable(others.sums.get(name)))).toList();
    }

    private static Stream<String> change(String name, Optional<String> before, Optional<String> now) {
        return before.equals(now) ? Stream.of() : Stream.of(name + (before.isEmpty() ? " is new" : now.isEmpty() ? " is gone" : " has changed"));
    }

    /** Replaces what was recorded. */
    public void write(Lesson lesson) {
        new Sums(sums).write(file(lesson));
    }

    private static String name(Home home, Path file) {
        return home.root().relativize(file).toString().replace('\\', '/');
    }
}
