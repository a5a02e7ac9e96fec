package kernel.sql;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Single values in PostgreSQL's own text form, which has a way to write each of them: dates before Christ, years of five
 * digits, infinity. {@code java.sql} would take them through a calendar and a time zone and change some. As the driver does,
 * the greatest and the least value of a class of {@code java.time} stand for infinity, and the last moment of a day for 24:00.
 *
 * <p>Dates are in the style ISO, which the driver sets (documentation, 8.5.2).
 */
final class ValueText {
    private static final Pattern DATE = Pattern.compile("(\\d{4,})-(\\d\\d)-(\\d\\d)(?: (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)([+-][\\d:]+)?)?( BC)?");
    private static final Pattern TIME = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)([+-][\\d:]+)?");
    private static final String END_OF_DAY = "24:00:00";
    private static final DateTimeFormatter CLOCK = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true).toFormatter(java.util.Locale.ROOT);

    private ValueText() { }

    /**
     * Java's value for a text of PostgreSQL's.
     *
     * @param type as PostgreSQL calls it, "timestamptz"; of any that is not known the value is the text
     * @throws IllegalArgumentException where Java has none
     * @throws java.time.DateTimeException where Java has none
     */
    static Object read(String type, String text) {
        return switch (type) {
            case "int2", "int4", "serial", "smallserial" -> Integer.valueOf(text);
            case "int8", "bigserial" -> Long.valueOf(text);
            case "float4" -> Float.valueOf(text);
            case "float8" -> Double.valueOf(text);
            case "numeric" -> text.matches("NaN|-?Infinity") ? Double.valueOf(text) : new BigDecimal(text);
            case "bool" -> text.equals("t");
            case "uuid" -> UUID.fromString(text);
            case "bytea" -> bytes(text);
            case "date" -> switch (text) {
                case "infinity" -> LocalDate.MAX;
                case "-infinity" -> LocalDate.MIN;
                default -> date(parts(DATE, text));
            };
            case "timestamp" -> switch (text) {
                case "infinity" -> LocalDateTime.MAX;
                case "-infinity" -> LocalDateTime.MIN;
                default -> dateTime(parts(DATE, text));
            };
            case "timestamptz" -> switch (text) {
                case "infinity" -> OffsetDateTime.MAX;
                case "-infinity" -> OffsetDateTime.MIN;
                default -> offsetDateTime(parts(DATE, text));
            };
            case "time" -> time(parts(TIME, text).group(1));
            case "timetz" -> offsetTime(parts(TIME, text));
            default -> text;
        };
    }

    private static byte[] bytes(String text) {
        if (!text.startsWith("\\x")) {
            throw new IllegalArgumentException("bytea in another form than hex, which the setting bytea_output asks for");
        }
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    private static Matcher parts(Pattern form, String text) {
        var parts = form.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no date or time in the style ISO, which the driver sets: " + text);
        }
        return parts;
    }

    private static LocalDate date(Matcher parts) {
        var year = Integer.parseInt(parts.group(1));
        return LocalDate.of(parts.group(6) == null ? year : 1 - year, Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    private static LocalDateTime dateTime(Matcher parts) {
        return date(parts).atTime(time(parts.group(4)));
    }

    private static OffsetDateTime offsetDateTime(Matcher parts) {
        return dateTime(parts).atOffset(ZoneOffset.of(parts.group(5)));
    }

    private static LocalTime time(String text) {
        return text.equals(END_OF_DAY) ? LocalTime.MAX : LocalTime.parse(text);
    }

    private static OffsetTime offsetTime(Matcher parts) {
        return time(parts.group(1)).atOffset(ZoneOffset.of(parts.group(2)));
    }

    /** The text from which PostgreSQL makes the same value, if it is told the type. */
    static String write(Object value) {
        return switch (value) {
            case LocalDate date when date.equals(LocalDate.MAX) -> "infinity";
            case LocalDate date when date.equals(LocalDate.MIN) -> "-infinity";
            case LocalDate date -> date(date) + era(date);
            case LocalDateTime at when at.equals(LocalDateTime.MAX) -> "infinity";
            case LocalDateTime at when at.equals(LocalDateTime.MIN) -> "-infinity";
            case LocalDateTime at -> date(at.toLocalDate()) + " " + CLOCK.format(at) + era(at.toLocalDate());
            case OffsetDateTime at when at.equals(OffsetDateTime.MAX) -> "infinity";
            case OffsetDateTime at when at.equals(OffsetDateTime.MIN) -> "-infinity";
            case OffsetDateTime at -> date(at.toLocalDate()) + " " + CLOCK.format(at) + offset(at.getOffset()) + era(at.toLocalDate());
            case LocalTime time -> clock(time);
            case OffsetTime time -> clock(time.toLocalTime()) + offset(time.getOffset());
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            default -> value.toString();
        };
    }

    private static String date(LocalDate date) {
        var year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear(); // the year 0 of java.time is 1 BC
        return "%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static String clock(LocalTime time) {
        return time.equals(LocalTime.MAX) ? END_OF_DAY : CLOCK.format(time);
    }

    private static String offset(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId();
    }
}
