package terminal.page;

import java.nio.file.Path;
import java.util.List;
import org.jsoup.nodes.Element;
import terminal.drawing.Palette;
import terminal.drawing.Pen;
import terminal.screen.Surroundings;

/** A part of a page as lines, for commands that show no lesson: a hint, a task. */
public final class PageText {
    private PageText() { }

    /** @param root the clone, where the palette is */
    public static List<String> lines(Path root, Element body) {
        var surroundings = Surroundings.here();
        var palette = surroundings.hasColour() ? Palette.of(root) : Palette.NONE;
        return Prose.lines(body, new Pen(palette, surroundings.hasLinks(), surroundings.width()));
    }

    /** Whether this run may colour what it prints. */
    public static boolean hasColour() {
        return Surroundings.here().hasColour();
    }
}
