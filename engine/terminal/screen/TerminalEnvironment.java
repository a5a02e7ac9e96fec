package terminal.screen;

import java.nio.charset.Charset;
import java.util.Map;

/** What the environment says about the terminal. */
public record TerminalEnvironment(Map<String, String> environment, boolean isTerminal, Charset charset) {
    private static final int USUAL_WIDTH = 80;

    /** That of this process. */
    public static TerminalEnvironment here() {
        var console = System.console();
        return new TerminalEnvironment(System.getenv(), console != null && console.isTerminal(), System.out.charset());
    }

    /** Colours only in a terminal, and not where somebody asked for none (https://no-color.org). */
    public boolean hasColour() {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty() && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** Terminals known to understand links; others print them as rubbish. */
    public boolean hasLinks() {
        var program = environment.getOrDefault("TERM_PROGRAM", "");
        return hasColour() && (java.util.Set.of("iTerm.app", "WezTerm", "vscode", "ghostty").contains(program)
            || environment.containsKey("VTE_VERSION") || environment.containsKey("KITTY_WINDOW_ID")
            || environment.containsKey("WT_SESSION") || environment.containsKey("KONSOLE_VERSION"))
            && !environment.containsKey("TMUX");
    }

    /** Columns where no terminal can be asked: COLUMNS, else 80. */
    public int width() {
        var columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }
}
