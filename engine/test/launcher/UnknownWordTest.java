package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class UnknownWordTest {

    private static final String COMMANDS = "course, lesson01, lesson02, lesson03, verify, hint, solution";
    private final Sandbox sandbox = Sandbox.usual();

    @BeforeEach
    void fewCommands() {
        Disk.write(sandbox.clone.resolve("jbang-catalog.json"), Arrays.stream(COMMANDS.split(", "))
            .map("    \"%s\": { \"script-ref\": \"engine/Course.java\" },\n"::formatted).collect(Collectors.joining()));
    }

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "verfy    | did you mean verify?",
        "Lesson2  | did you mean lesson02?",
        "les      | did you mean lesson01, lesson02, lesson03?",
        "lesson09 | did you mean lesson01, lesson02, lesson03?",
        "frobnicate | there are " + COMMANDS})
    void anUnknownWordIsAnsweredWithTheNearestCommands(String word, String answer) {
        var run = sandbox.jbang(word);
        assertEquals("jbang: unknown command \"" + word + "\"; " + answer + "\n", run.err());
        assertEquals(2, run.exit());
        assertEquals(0, sandbox.callsOf("java"));
    }

    @Test
    void aLessonThatHasNoAliasIsSaid() {
        Disk.write(sandbox.clone.resolve("lessons/04-new/lesson04.java"), "");
        var run = sandbox.jbang("lesson04");
        assertEquals("jbang: " + sandbox.clone.resolve("lessons/04-new") + " is there, but " + sandbox.clone.resolve("jbang-catalog.json")
            + " has no alias \"lesson04\"; copy the line of another lesson, and change its number\n", run.err());
        assertEquals(2, run.exit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "edit", "info", "--help", "Hello.java", "org.example:tool:1", "tool@somebody", "https://example.org/x"})
    void whatMayBeJbangsBusinessIsPassedOn(String word) {
        var run = sandbox.jbang(word, "two words");
        assertEquals("jbang itself: ", run.out().substring(0, 14), run.err());
        assertEquals(7, run.exit());
    }

    @Test
    void aFileWithoutExtensionIsPassedOn() {
        Disk.write(sandbox.clone.resolve("myscript"), "");
        assertEquals(7, sandbox.jbang("myscript").exit());
    }

    @Test
    void theScriptThatJbangPreparesIsRun() {
        var run = sandbox.jbang("run", "lesson02", "/some/where/Tool.java");
        assertEquals("Tool", run.value("program"));
    }
}
