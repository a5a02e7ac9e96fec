package terminal.screen;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import terminal.drawing.AnsiPalette;

/** What the environment says about the terminal. */
public record TerminalEnvironment(Map<String, String> environment, boolean isTerminal, Charset charset) {
    private static final int USUAL_WIDTH = 80;
    private static final Set<String> LINKS_BY_PROGRAM = Set.of("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "zed");
    private static final Set<String> LINKS_BY_TERM = Set.of("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour");
    private static final Set<String> LINKS_BY_VARIABLE = Set.of("VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "ALACRITTY_WINDOW_ID", "DOMTERM");

    /** That of this process. */
    public static TerminalEnvironment here() {
        var console = System.console();
        return new TerminalEnvironment(System.getenv(), console != null && console.isTerminal(), System.out.charset());
    }

    /** Whether nothing can be read by single keys: no terminal, or one that can nothing. */
    public boolean comesByLines() {
        return !isTerminal || environment.getOrDefault("TERM", "dumb").startsWith("dumb");
    }

    /** Colours only in a terminal, and not where somebody asked for none (https://no-color.org). */
    public boolean hasColour() {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty() && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** The colours of the course where this terminal has any. @param root the clone */
    public AnsiPalette palette(Path root) {
        return hasColour() ? AnsiPalette.of(root) : AnsiPalette.NONE;
    }

    /** Terminals known to understand links; others print them as rubbish. {@code FORCE_HYPERLINK=1} says it of any, 0 of none. */
    public boolean hasLinks() {
        var forced = environment.getOrDefault("FORCE_HYPERLINK", "");
        if (!forced.isEmpty()) {
            return hasColour() && !forced.equals("0");
        }
        return hasColour() && !environment.containsKey("TMUX") && !environment.containsKey("STY")
            && (LINKS_BY_PROGRAM.contains(environment.getOrDefault("TERM_PROGRAM", "")) || LINKS_BY_TERM.contains(environment.getOrDefault("TERM", ""))
                || LINKS_BY_VARIABLE.stream().anyMatch(environment::containsKey));
    }

    /** Columns where JLine is not asked: COLUMNS, else what the launcher has found, else 80. */
    public int width() {
        var columns = environment.getOrDefault("COLUMNS", environment.getOrDefault("COURSE_COLUMNS", ""));
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }
}
