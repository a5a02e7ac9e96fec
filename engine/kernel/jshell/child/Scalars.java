package kernel.jshell.child;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.UUID;

/** The single values that travel: as their text, with the name of their type. */
final class Scalars {
    private Scalars() { }

    /** @throws IllegalArgumentException where the value cannot travel, with a half sentence that goes on after the variable's name */
    static String type(Object value) {
        return switch (value) {
            case String s -> "String";
            case Integer i -> "Integer";
            case Long l -> "Long";
            case Short s -> "Short";
            case Byte b -> "Byte";
            case Double d -> "Double";
            case Float f -> "Float";
            case Boolean b -> "Boolean";
            case Character c -> "Character";
            case BigDecimal d -> "BigDecimal";
            case BigInteger i -> "BigInteger";
            case UUID u -> "UUID";
            case LocalDate d -> "LocalDate";
            case LocalTime t -> "LocalTime";
            case LocalDateTime t -> "LocalDateTime";
            case OffsetDateTime t -> "OffsetDateTime";
            case OffsetTime t -> "OffsetTime";
            case ZonedDateTime t -> "ZonedDateTime";
            case Instant i -> "Instant";
            case Duration d -> "Duration";
            default -> throw new IllegalArgumentException("is a " + value.getClass().getSimpleName()
                + "; only texts, numbers, booleans, dates and times, UUIDs, and arrays and lists of those can be handed over");
        };
    }

    static Object parse(String type, String text) throws IOException {
        return switch (type) {
            case "String" -> text;
            case "Integer" -> Integer.valueOf(text);
            case "Long" -> Long.valueOf(text);
            case "Short" -> Short.valueOf(text);
            case "Byte" -> Byte.valueOf(text);
            case "Double" -> Double.valueOf(text);
            case "Float" -> Float.valueOf(text);
            case "Boolean" -> Boolean.valueOf(text);
            case "Character" -> text.charAt(0);
            case "BigDecimal" -> new BigDecimal(text);
            case "BigInteger" -> new BigInteger(text);
            case "UUID" -> UUID.fromString(text);
            case "LocalDate" -> LocalDate.parse(text);
            case "LocalTime" -> LocalTime.parse(text);
            case "LocalDateTime" -> LocalDateTime.parse(text);
            case "OffsetDateTime" -> OffsetDateTime.parse(text);
            case "OffsetTime" -> OffsetTime.parse(text);
            case "ZonedDateTime" -> ZonedDateTime.parse(text);
            case "Instant" -> Instant.parse(text);
            case "Duration" -> Duration.parse(text);
            default -> throw new IOException("a value of the unknown type " + type);
        };
    }
}
