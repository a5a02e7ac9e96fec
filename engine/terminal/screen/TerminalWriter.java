package terminal.screen;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import terminal.drawing.AnsiPalette;
import terminal.drawing.TextStyle;

/** Where lines go. Translates what the terminal's character set lacks, and flushes every line. */
public final class TerminalWriter {
    private static final String FANCY = "✓✗│─├└┼┃█▏▎▍▌▋▊▉░–—−◀∅…↵·×→“”‘’•◦\u00a0\u202f";
    private static final String ASCII = "+x|-|`+|########.---<0~\\.x>\"\"''*o  ";

    private final PrintStream out;
    private final Supplier<TextStyle> style;
    private final boolean unicode;
    private boolean afterEmpty;

    public TerminalWriter(PrintStream out, Charset charset, Supplier<TextStyle> style) {
        this.out = out;
        this.style = style;
        this.unicode = charset.equals(StandardCharsets.UTF_8);
    }

    /** To standard output where nobody sits at a terminal. */
    public static TerminalWriter plain(TerminalEnvironment environment) {
        var style = TextStyle.plain(environment.width());
        return new TerminalWriter(System.out, environment.charset(), () -> style);
    }

    /** To standard output, with colours and links where it is a terminal that has them. @param root the clone, where the palette is */
    public static TerminalWriter here(Path root) {
        var environment = TerminalEnvironment.here();
        var style = new TextStyle(environment.palette(root), environment.hasLinks(), environment.width());
        return new TerminalWriter(System.out, environment.charset(), () -> style);
    }

    /** To standard output, as wide as the screen is at that moment. */
    public static TerminalWriter on(Screen screen, TerminalEnvironment environment, AnsiPalette palette) {
        return new TerminalWriter(System.out, environment.charset(), () -> new TextStyle(palette, environment.hasLinks(), screen.width()));
    }

    /** How to write now: the width follows the window. */
    public TextStyle style() {
        return style.get();
    }

    /** Prints line by line. */
    public void print(List<String> lines) {
        lines.forEach(this::print);
    }

    /** Empty lines part blocks; of two in a row one is left. */
    public synchronized void print(String line) {
        if (line.isEmpty() && afterEmpty) {
            return;
        }
        afterEmpty = line.isEmpty();
        out.println(encoded(line));
        out.flush();
    }

    /** Without the end of a line: for a hint that the next output replaces. */
    public synchronized void leave(String text) {
        out.print(encoded(text));
        out.flush();
    }

    private String encoded(String line) {
        var spaced = line.replace('\u00a0', ' ').replace('\u202f', ' ');
        return unicode ? spaced : ascii(spaced);
    }

    /** One character for one, so that what is aligned stays so. */
    public static String ascii(String line) {
        var plain = new StringBuilder(line);
        for (int i = 0; i < plain.length(); i++) {
            var at = FANCY.indexOf(plain.charAt(i));
            if (at >= 0) {
                plain.setCharAt(i, ASCII.charAt(at));
            }
        }
        return plain.toString();
    }
}
