package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Text of somebody else")
class VisibleTextTest {
    @Test @DisplayName("shows what a terminal would obey: clear the screen, go back, ring, set the title, write to the clipboard")
    void escapes() {
        assertEquals("␛[2J␛[H␍✓ 7 of 7 passed␇", VisibleText.of("\u001b[2J\u001b[H\r✓ 7 of 7 passed\u0007"));
        assertEquals("␛]52;c;cm0gLXJm␛\\ ␡␀ �", VisibleText.of("\u001b]52;c;cm0gLXJm\u001b\\ \u007f\u0000 \u009b"));
    }

    @Test @DisplayName("shows marks that turn a line around")
    void directions() {
        assertEquals("‹U+202E›dessap‹U+202C› ‹U+2066›x‹U+2069›", VisibleText.of("\u202edessap\u202c \u2066x\u2069"));
    }

    @Test @DisplayName("is the same where nobody obeys it: lines, tabs, words of all languages")
    void plain() {
        for (var text : new String[] { "", "two\nlines\tand a tab", "naïve, שלום, 日本語, 🐘, \u00a0\u202f" }) {
            assertSame(text, VisibleText.of(text));
        }
        assertEquals("two\nlines", VisibleText.of("two\r\nlines"));
    }
}
