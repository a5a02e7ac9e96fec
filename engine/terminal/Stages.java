package terminal;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import lesson.Lesson;
import lesson.Page;
import script.Stage;
import terminal.drawing.Palette;
import terminal.drawing.Pen;
import terminal.screen.Interrupts;
import terminal.screen.Paper;
import terminal.screen.Screen;
import terminal.screen.Surroundings;

/** Chooses how a lesson is shown: with pauses in a terminal, straight through everywhere else. */
public final class Stages {
    private Stages() { }

    /**
     * @param root    the clone, where the palette is
     * @param noPause whether the learner wants none
     */
    public static Stage of(Path root, boolean noPause) {
        var surroundings = Surroundings.here();
        var palette = surroundings.hasColour() ? Palette.of(root) : Palette.NONE;
        if (!surroundings.isTerminal()) {
            var pen = Pen.plain(surroundings.width());
            return new PlainStage(new Paper(System.out, surroundings.charset(), () -> pen), () -> { });
        }
        if (noPause) {
            var screen = new Screen(new Interrupts(), surroundings.width());
            return new PlainStage(new Paper(System.out, surroundings.charset(),
                () -> new Pen(palette, surroundings.hasLinks(), screen.width())), screen::close);
        }
        return new TerminalStage(surroundings, palette);
    }

    /** The titles of the sections on the lesson's page, by their ids; none where the page is not built. */
    public static Map<String, String> titles(Lesson lesson) {
        return Page.of(lesson).sections().stream().collect(Collectors.toMap(Page.Section::id, Page.Section::title));
    }
}
