package terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terminal.drawing.TextStyle;
import terminal.drawing.Width;

class PauseKeysTest {
    @ParameterizedTest
    @ValueSource(ints = {36, 40, 60, 80, 110})
    void howToGoOnAndHowToLeaveStayHoweverNarrowTheTerminal(int width) {
        for (var place : Pause.Place.values()) {
            var hint = PauseKeys.hint(place, false, TextStyle.plain(width));
            assertTrue(hint.startsWith("Enter ") && hint.endsWith("? help · q quit"), hint);
            assertTrue(Width.of(hint) < width, hint);
        }
    }

    @Test void thereIsRoomForAllKeysOnEightyColumns() {
        assertEquals("Enter next · s SQL · j Java · r again · b text · ? help · q quit", PauseKeys.hint(Pause.Place.AFTER, false, TextStyle.plain(80)));
    }

    @Test void whereKeysNeedEnterItIsSaid() {
        assertEquals("Enter run · s SQL · j Java · b text · ? help · q quit, then Enter", PauseKeys.hint(Pause.Place.BEFORE, true, TextStyle.plain(80)));
        assertEquals("Enter run · s SQL · ? help · q quit, then Enter", PauseKeys.hint(Pause.Place.BEFORE, true, TextStyle.plain(50)));
    }
}
