package terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

class ScreenTest {
    @Test void whereKeysComeByLinesTheEnterBehindAKeyIsNoKeyOfItsOwn() throws IOException {
        try (var screen = screen("dumb", "r\n\n?\nq")) {
            assertTrue(screen.needsEnter());
            assertEquals(keys('r', '\n', '?', 'q', Screen.END), pressed(screen, 5));
        }
    }

    @Test void elsewhereEnterIsAKey() throws IOException {
        try (var screen = screen("xterm", "r\nq")) {
            assertFalse(screen.needsEnter());
            assertEquals(keys('r', '\n', 'q'), pressed(screen, 3));
        }
    }

    private static Screen screen(String type, String typed) throws IOException {
        return new Screen(new DumbTerminal("test", type, new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), StandardCharsets.UTF_8));
    }

    private static List<Integer> keys(int... keys) {
        return IntStream.of(keys).boxed().toList();
    }

    private static List<Integer> pressed(Screen screen, int times) {
        return Stream.generate(screen::key).limit(times).toList();
    }
}
