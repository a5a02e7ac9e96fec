package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private static final String COMMANDS = "course, lesson01, lesson02, lesson03, verify, hint, record";
    private static final String ALL = """
        For learners
          course     Does course.
          lessonNN   Runs a lesson, step by step: lesson01 to lesson03.
          verify     Does verify.
          hint       Does hint.

        For authors
          record     Does record.
        """;
    private final Sandbox sandbox = Sandbox.usual();

    @BeforeEach
    void fewCommands() {
        Disk.write(sandbox.clone.resolve("jbang-catalog.json"), Arrays.stream(COMMANDS.split(", "))
            .map(name -> "    \"%s\": { \"script-ref\": \"engine/Course.java\", \"arguments\": [\"%s\"], \"description\": \"%s %s.\" },\n"
                .formatted(name, name, name.equals("record") ? "For authors: does" : "Does", name)).collect(Collectors.joining()));
    }

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "verfy    | '; did you mean verify?'",
        "Lesson2  | '; did you mean lesson02?'",
        "les      | '; did you mean lesson01, lesson02, lesson03?'",
        "lesson09 | '; did you mean lesson01, lesson02, lesson03?'",
        "frobnicate | ''"})
    void anUnknownWordIsAnsweredWithTheNearestCommandsAndAllThereAre(String word, String answer) {
        var run = sandbox.jbang(word);
        assertEquals("jbang: unknown command \"" + word + "\"" + answer + "\n\n" + ALL, run.err());
        assertEquals(2, run.exit());
        assertEquals(0, sandbox.callsOf("java"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help"})
    void helpShowsTheCommandsOfTheCourseByWhoNeedsThemWithoutAnyJava(String word) {
        var run = sandbox.jbang(word);
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().startsWith("Usage: ./jbang") && run.out().contains(ALL), run.out());
        assertEquals(0, sandbox.callsOf("java"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80})
    void helpIsNotWiderThanTheTerminal(int columns) {
        sandbox.with("COLUMNS", columns);
        var out = sandbox.jbang("help").out();
        assertTrue(out.lines().allMatch(line -> line.length() <= columns), out);
        assertTrue(columns == 80 || out.contains("\n             "), out);
    }

    @Test
    void helpOfACommandIsThatCommandsHelp() {
        var out = sandbox.jbang("help", "verify").out();
        assertTrue(out.endsWith("count=2\n1=[verify]\n2=[--help]\n"), out);
    }

    @Test
    void theVersionIsThatOfTheCourse() {
        assertTrue(sandbox.jbang("--version").out().startsWith("Postgres by Experiment, "));
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
    @ValueSource(strings = {"version", "edit", "info", "--verbose", "Hello.java", "org.example:tool:1", "tool@somebody", "https://example.org/x"})
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
