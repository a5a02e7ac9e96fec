package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lesson.UnknownName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A roster")
class RosterTest {
    @TempDir Path folder;

    @ParameterizedTest(name = "knows {1} by {0}")
    @CsvSource(delimiter = '|', value = {
        "s1.zip | Anna Abel", "S1-2026-11-30-101500.zip | Anna Abel", "s1/anything.zip | Anna Abel", "anna@example.org.zip | Anna Abel",
        "Anna Abel_4711_assignsubmission_file/x.zip | Anna Abel", "anna-abel.zip | Anna Abel", "abelanna_LATE_1_s2_x.zip | Ben, B.", "s3.zip | s3", "s1_s2.zip | s1_s2",
        "2026-11-30-101500.zip | 2026-11-30-101500" })
    void of(String file, String name) {
        var roster = new Roster(List.of(new Learner("s1", "Anna Abel", "anna@example.org"), new Learner("s2", "Ben, B.", "")));
        assertEquals(name, roster.of(file).name());
    }

    @Test @DisplayName("is read with or without a head, with quotes, semicolons and the mark of Windows")
    void read() throws Exception {
        assertEquals("[Learner[id=1, name=Abel, \"Anna\", email=a@b.c]]",
            Roster.of(Files.writeString(folder.resolve("a"), "\ufeffid,name,e-mail\r\n1,\"Abel, \"\"Anna\"\"\",a@b.c\r\n")).learners().toString());
        assertEquals("Ben", Roster.of(Files.writeString(folder.resolve("b"), "2;Ben\n")).learners().getFirst().name());
    }

    @Test @DisplayName("that has a learner twice, or without a name, is refused in a sentence")
    void refused() throws Exception {
        var twice = Files.writeString(folder.resolve("a"), "1,Anna\n1,Ben\n");
        assertTrue(assertThrows(UnknownName.class, () -> Roster.of(twice)).getMessage().contains("the id 1 more than once"));
        var nameless = Files.writeString(folder.resolve("b"), "1\n");
        assertTrue(assertThrows(UnknownName.class, () -> Roster.of(nameless)).getMessage().contains("is no line of a roster"));
    }
}
