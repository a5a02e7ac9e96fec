package kernel.output;

/**
 * Text of somebody else, shown to whoever would obey it: a terminal obeys escape sequences, and what draws text the marks that
 * turn a line around. Where it is shown, such characters are seen and do nothing.
 */
public final class VisibleText {
    private VisibleText() { }

    /** Control characters but line ends and tabs as their pictures, as ␛; marks of direction as their numbers, as ‹U+202E›. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(VisibleText::isObeyed)) {
            return text;
        }
        var visible = new StringBuilder(text.length() + 16);
        text.replace("\r\n", "\n").codePoints().forEach(point -> {
            if (isDirection(point)) {
                visible.append("‹U+%04X›".formatted(point));
            } else {
                visible.appendCodePoint(picture(point));
            }
        });
        return visible.toString();
    }

    private static boolean isObeyed(int point) {
        return picture(point) != point || isDirection(point);
    }

    /** What is drawn in place of a control character; itself for any other. */
    public static int picture(int point) {
        if (point == '\n' || point == '\t') {
            return point;
        }
        return point < 0x20 ? 0x2400 + point : point == 0x7f ? 0x2421 : point < 0xa0 && point > 0x7f ? 0xfffd : point;
    }

    /** The characters of Unicode's UAX 9 that change the direction of what follows. */
    private static boolean isDirection(int point) {
        return point == 0x061c || point == 0x200e || point == 0x200f || point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
    }
}
