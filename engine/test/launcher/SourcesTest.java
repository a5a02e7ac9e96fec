package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class SourcesTest {

    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @Test
    void theListsAreWrittenSortedAndTheHeavyPartOfTheBookIsOnlyInBook() {
        Disk.delete(sandbox.clone.resolve("engine/start"));
        for (var file : List.of("lab/Postgres.java", "lab/package-info.java", "book/Page.java", "book/build/Convert.java", "start/KeptCourse.java", "test/lab/PostgresTest.java")) {
            Disk.write(sandbox.clone.resolve("engine").resolve(file), "");
        }
        Disk.write(sandbox.clone.resolve("engine/Course.java"), "//JAVA 25+\n// <sources>\n//SOURCES gone/Gone.java\n// </sources>\nclass Course {}\n");
        Disk.write(sandbox.clone.resolve("engine/Book.java"), "//SOURCES Course.java\n// <sources>\n// </sources>\n");
        Disk.write(sandbox.clone.resolve("engine/Start.java"), "// <sources>\n// </sources>\n");
        assertEquals("wrote the sources of engine/Course.java\nwrote the sources of engine/Book.java\nwrote the sources of engine/Start.java\n", sources().out());
        assertEquals("""
                //JAVA 25+
                // <sources>
                //SOURCES book/Page.java
                //SOURCES lab/Postgres.java
                //SOURCES lab/Server.java
                //SOURCES start/KeptCourse.java
                // </sources>
                class Course {}
                """, Disk.read(sandbox.clone.resolve("engine/Course.java")));
        assertEquals("//SOURCES Course.java\n// <sources>\n//SOURCES book/build/Convert.java\n// </sources>\n",
                Disk.read(sandbox.clone.resolve("engine/Book.java")));
        assertEquals("// <sources>\n//SOURCES start/KeptCourse.java\n// </sources>\n", Disk.read(sandbox.clone.resolve("engine/Start.java")));
        assertEquals(new Answer(0, ""), Answer.of(sources("--check")));
    }

    @Test
    void anOutdatedListIsSaidAndNotChangedByTheCheck() {
        Disk.delete(sandbox.clone.resolve("engine/start"));
        Disk.write(sandbox.clone.resolve("engine/Start.java"), "// <sources>\n// </sources>\n");
        assertEquals(new Answer(1, "the list of //SOURCES is outdated in engine/Course.java; run engine/sources.sh\n"), Answer.of(sources("--check")));
        assertEquals("// <sources>\n// </sources>\n", Disk.read(sandbox.clone.resolve("engine/Course.java")));
    }

    @Test
    void aProgramWithoutTheMarkersIsRefused() {
        Disk.write(sandbox.clone.resolve("engine/Course.java"), "class Course {}\n");
        assertEquals(new Answer(2, "engine/Course.java has no lines '// <sources>' and '// </sources>'; put them below its //DEPS\n"), Answer.of(sources()));
    }

    private Run sources(String... options) {
        var words = new ArrayList<>(List.of(sandbox.clone.resolve("engine/sources.sh").toString()));
        words.addAll(List.of(options));
        return sandbox.command(sandbox.home, words).run("");
    }

    private record Answer(int exit, String err) {

        static Answer of(Run run) {
            return new Answer(run.exit(), run.err());
        }
    }
}
