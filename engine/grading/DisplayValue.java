package grading;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values as a learner reads them: NULL can be told from an empty text. */
final class DisplayValue {
    private DisplayValue() { }

    /** A value on its own: texts as they are, unless they are empty. */
    static String value(Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> text.isEmpty() ? "an empty text" : text;
            case Optional<?> some -> some.map(DisplayValue::value).orElse("nothing");
            case BigDecimal number -> number.toPlainString(); // 5000000000, and not 5E+9
            case Duration time -> time.toMillis() >= 1000 ? time.toMillis() / 1000.0 + " s" : time.toMillis() + " ms";
            case Collection<?> many -> many.isEmpty() ? "none" : many.stream().map(DisplayValue::value).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    /** A value inside a row, as SQL would write it. */
    static String literal(Object value) {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case Collection<?> many -> many.stream().map(DisplayValue::literal).collect(Collectors.joining(", ", "{", "}"));
            default -> "'" + value + "'";
        };
    }
}
