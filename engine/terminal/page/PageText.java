package terminal.page;

import java.nio.file.Path;
import java.util.List;
import org.jsoup.nodes.Element;
import terminal.drawing.TextStyle;
import terminal.screen.TerminalEnvironment;

/** A part of a page as lines, for commands that show no lesson: a hint, a task. */
public final class PageText {
    private static final int MARGIN = 2;

    private PageText() { }

    /** Lines that leave room for a margin. @param root the clone, where the palette is */
    public static List<String> lines(Path root, Element body) {
        var terminalEnvironment = TerminalEnvironment.here();
        var palette = terminalEnvironment.palette(root);
        return ProseText.lines(body, new TextStyle(palette, terminalEnvironment.hasLinks(), terminalEnvironment.width()).narrower(MARGIN));
    }
}
