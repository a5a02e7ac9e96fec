package book.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import lesson.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaletteTest {
    private static final List<String> TEXT = List.of("text", "quiet", "accent", "good", "bad", "wait",
        "keyword", "string", "number", "comment", "name");
    @TempDir Path folder;

    @Test void everyColourOfTextCanBeReadOnEveryGroundLightAndDark() throws IOException {
        var palette = Palette.read(Home.here().root().resolve("engine/book/theme/palette.properties"));
        for (Function<Palette.Colour, String> ground : List.<Function<Palette.Colour, String>>of(Palette.Colour::light, Palette.Colour::dark)) {
            for (var text : TEXT) {
                for (var below : List.of("ground", "panel", "wash")) {
                    assertContrast(4.5, palette, ground, text, below);
                }
            }
        }
    }

    @Test void theBordersOfControlsAreSeen() throws IOException {
        var palette = Palette.read(Home.here().root().resolve("engine/book/theme/palette.properties"));
        for (Function<Palette.Colour, String> ground : List.<Function<Palette.Colour, String>>of(Palette.Colour::light, Palette.Colour::dark)) {
            for (var below : List.of("ground", "panel")) {
                assertContrast(3, palette, ground, "control", below);
            }
        }
    }

    private static void assertContrast(double least, Palette palette, Function<Palette.Colour, String> ground, String colour, String below) {
        var contrast = contrast(ground.apply(palette.colours().get(colour)), ground.apply(palette.colours().get(below)));
        assertTrue(contrast >= least, colour + " on " + below + " has a contrast of " + contrast);
    }

    @Test void theStyleSheetGetsEachColourAsAVariable() throws IOException {
        var css = Palette.read(Files.writeString(folder.resolve("p"), "accent = #1f5f8b #82bdea 75")).css();
        assertTrue(css.contains("--accent: #1f5f8b;") && css.contains("--accent: #82bdea;"), css);
    }

    @Test void aColourThatIsNotThreeValuesIsNamed() throws IOException {
        var file = Files.writeString(folder.resolve("p"), "accent = blue");
        var message = assertThrows(IOException.class, () -> Palette.read(file)).getMessage();
        assertTrue(message.contains("accent is \"blue\""), message);
    }

    @Test void theMeasureOfContrastIsThatOfTheWorldWideWebConsortium() {
        assertEquals(21.0, contrast("#000000", "#ffffff"), 0.01);
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
    }

    private static double channel(String hex, int at) {
        double value = Integer.parseInt(hex.substring(at, at + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
