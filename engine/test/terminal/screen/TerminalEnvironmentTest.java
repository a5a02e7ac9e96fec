package terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalEnvironmentTest {
    @ParameterizedTest
    @CsvSource({"TERM_PROGRAM, WezTerm", "VTE_VERSION, 7600", "ALACRITTY_WINDOW_ID, 1", "TERM, xterm-kitty", "FORCE_HYPERLINK, 1"})
    void linksAreForTerminalsThatAreKnownToHaveThem(String variable, String value) {
        assertTrue(environment(with(variable, value)).hasLinks());
        assertFalse(environment(Map.of("TERM", "dumb", "VTE_VERSION", "7600")).hasLinks());
    }

    private static Map<String, String> with(String variable, String value) {
        return variable.equals("TERM") ? Map.of(variable, value) : Map.of("TERM", "xterm-256color", variable, value);
    }

    private static TerminalEnvironment environment(Map<String, String> variables) {
        return new TerminalEnvironment(variables, true, StandardCharsets.UTF_8);
    }

    @Test void othersAndThoseBehindTmuxShowAddresses() {
        assertFalse(environment(Map.of("TERM", "xterm-256color")).hasLinks());
        assertFalse(environment(Map.of("TERM", "tmux-256color", "VTE_VERSION", "7600", "TMUX", "/tmp/tmux")).hasLinks());
        assertFalse(environment(Map.of("TERM", "xterm-256color", "VTE_VERSION", "7600", "FORCE_HYPERLINK", "0")).hasLinks());
    }

    @Test void theWidthIsThatOfTheVariableElseOfTheLauncherElseEighty() {
        assertEquals(60, environment(Map.of("COLUMNS", "60", "COURSE_COLUMNS", "110")).width());
        assertEquals(110, environment(Map.of("COURSE_COLUMNS", "110")).width());
        assertEquals(80, environment(Map.of("COURSE_COLUMNS", "0")).width());
    }

    @Test void keysComeByLinesWhereThereIsNoTerminalOrOneThatCanNothing() {
        assertTrue(environment(Map.of("TERM", "dumb")).comesByLines());
        assertTrue(new TerminalEnvironment(Map.of("TERM", "xterm"), false, StandardCharsets.UTF_8).comesByLines());
        assertFalse(environment(Map.of("TERM", "xterm")).comesByLines());
    }
}
