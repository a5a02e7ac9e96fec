package terminal.drawing;

/**
 * How to write here.
 *
 * @param palette the colours, or none
 * @param links   whether the terminal understands links (OSC 8)
 * @param width   columns of the terminal
 */
public record TextStyle(AnsiPalette palette, boolean links, int width) {
    private static final int MAX_LINE = 80;
    private static final String ESCAPE = "\u001b[";

    /** Without colours, for files and pipes. */
    public static TextStyle plain(int width) {
        return new TextStyle(AnsiPalette.NONE, false, width);
    }

    /** Whether there is a palette; without one nothing is bold or italic either. */
    public boolean hasColour() {
        return !palette.isEmpty();
    }

    /** Columns for prose: lines longer than 80 characters are hard to read. */
    public int measure() {
        return Math.min(width, MAX_LINE);
    }

    /** The same with that many columns less, 20 at least. */
    public TextStyle narrower(int columns) {
        return new TextStyle(palette, links, Math.max(20, width - columns));
    }

    /** The text in a colour of the palette, by its name there; a name that is none changes nothing. */
    public String in(String colour, String text) {
        var code = palette.codes().get(colour);
        return code == null || text.isEmpty() ? text : ESCAPE + "38;5;" + code + "m" + text + ESCAPE + "39m";
    }

    /** The text in bold, where there are colours. */
    public String bold(String text) {
        return hasColour() && !text.isEmpty() ? ESCAPE + "1m" + text + ESCAPE + "22m" : text;
    }

    /** The text in italics, where there are colours. */
    public String italic(String text) {
        return hasColour() && !text.isEmpty() ? ESCAPE + "3m" + text + ESCAPE + "23m" : text;
    }

    /** The text in the colour for what matters less. */
    public String quiet(String text) {
        return in("quiet", text);
    }

    /** A word of code inside a sentence. */
    public String code(String text) {
        return in("name", text);
    }

    /** A link, where the terminal understands it; else the text alone. */
    public String link(String address, String text) {
        return links ? "\u001b]8;;" + address + "\u001b\\" + text + "\u001b]8;;\u001b\\" : text;
    }
}
