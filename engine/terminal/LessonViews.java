package terminal;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import lesson.Lesson;
import lesson.Page;
import script.LessonView;
import terminal.screen.Interrupts;
import terminal.screen.Screen;
import terminal.screen.TerminalEnvironment;
import terminal.screen.TerminalWriter;

/** Chooses how a lesson is shown: with pauses in a terminal, straight through everywhere else. */
public final class LessonViews {
    private LessonViews() { }

    /**
     * @param root    the clone, where the palette is
     * @param noPause whether the learner wants none
     */
    public static LessonView of(Path root, boolean noPause) {
        var terminalEnvironment = TerminalEnvironment.here();
        if (!terminalEnvironment.isTerminal()) {
            return new PlainView(TerminalWriter.plain(terminalEnvironment), () -> { });
        }
        var palette = terminalEnvironment.palette(root);
        if (noPause) {
            var screen = new Screen(new Interrupts(), terminalEnvironment.width());
            return new PlainView(TerminalWriter.on(screen, terminalEnvironment, palette), screen::close);
        }
        return new InteractiveView(terminalEnvironment, palette);
    }

    /** The titles of the sections on the lesson's page, by their ids; none where the page is not built. */
    public static Map<String, String> titles(Lesson lesson) {
        return Page.of(lesson).sections().stream().collect(Collectors.toMap(Page.Section::id, Page.Section::title));
    }
}
