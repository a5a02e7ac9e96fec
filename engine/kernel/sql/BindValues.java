package kernel.sql;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kernel.cell.CellVariables;
import lesson.UnknownName;
import org.postgresql.util.PGobject;

/** Makes of a Java value what {@code setObject} takes, with the type that a Java program would give it. */
final class BindValues {
    /** Of which type an array is that has no element to tell. */
    private static final Map<Class<?>, String> OF_NO_ELEMENTS = Map.of(int.class, "int4", Integer.class, "int4", long.class, "int8", Long.class, "int8",
        short.class, "int2", double.class, "float8", Double.class, "float8", boolean.class, "bool", String.class, "text", UUID.class, "uuid");
    private static final Set<String> EXACT = Set.of("int2", "int4", "int8", "numeric");
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");
    private final CellVariables variables;

    BindValues(CellVariables variables) {
        this.variables = variables;
    }

    /**
     * The value of the variable.
     *
     * @throws UnknownName where there is none of this name
     * @throws IllegalArgumentException with a sentence, where PostgreSQL has nothing like it
     */
    Object of(String name) throws SQLException {
        var value = variables.value(UnknownName.check("Java variable", name, variables.names())).orElse(null);
        var plain = plain(name, value);
        return plain instanceof List<?> list ? array(name, list, value.getClass().componentType()) : plain;
    }

    /** In a class that has a type of PostgreSQL's; of what has elements, a list of such. */
    private static Object plain(String name, Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case String _, Integer _, Long _, Short _, Double _, Float _, BigDecimal _, Boolean _, UUID _, byte[] _, PGobject _,
                 LocalDate _, LocalTime _, LocalDateTime _, OffsetDateTime _, OffsetTime _ -> value;
            case Byte small -> small.shortValue();
            case BigInteger big -> new BigDecimal(big);
            case Character character -> character.toString();
            case Enum<?> constant -> constant.name();
            case Instant instant -> offsetDateTime(name, instant);
            case ZonedDateTime zoned -> zoned.toOffsetDateTime();
            case Duration duration -> typed("interval", duration.toString()); // ISO 8601, documentation 8.5.4
            case Collection<?> many -> list(name, many.toArray());
            case Object many when many.getClass().isArray() -> list(name, many);
            default -> throw refused(name, "a " + value.getClass().getSimpleName());
        };
    }

    private static List<Object> list(String name, Object array) throws SQLException {
        var elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(plain(name, Array.get(array, i)));
        }
        return elements;
    }

    /** The first and the last instant that Java has are older and younger than any offset can say; they mean infinity. */
    private static OffsetDateTime offsetDateTime(String name, Instant instant) {
        if (instant.equals(Instant.MAX) || instant.equals(Instant.MIN)) {
            return instant.equals(Instant.MAX) ? OffsetDateTime.MAX : OffsetDateTime.MIN;
        }
        if (instant.isAfter(OffsetDateTime.MAX.toInstant()) || instant.isBefore(OffsetDateTime.MIN.toInstant())) {
            throw new IllegalArgumentException(name + " is " + instant + ", and timestamptz ends in the year 294276");
        }
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static PGobject array(String name, List<?> elements, Class<?> component) throws SQLException {
        var types = leaves(elements).filter(element -> !isEndless(element)).map(element -> type(name, element)).collect(Collectors.toCollection(TreeSet::new));
        if (leaves(elements).anyMatch(BindValues::isEndless) && EXACT.containsAll(types)) {
            types.add(types.isEmpty() ? "float8" : "numeric");
        }
        return typed(arrayType(name, types, component), ArrayText.write(elements));
    }

    private static Stream<Object> leaves(List<?> elements) {
        return elements.stream().filter(Objects::nonNull).flatMap(element -> element instanceof List<?> inner ? leaves(inner) : Stream.of(element));
    }

    /** NaN and the infinities, which are {@code Double} for numeric as well: BigDecimal has none. */
    private static boolean isEndless(Object element) {
        return element instanceof Double number && !Double.isFinite(number);
    }

    /** Without an element that says it, the server may choose. */
    private static String arrayType(String name, SortedSet<String> types, Class<?> component) {
        return switch (types.size()) {
            case 0 -> component != null && OF_NO_ELEMENTS.containsKey(component) ? OF_NO_ELEMENTS.get(component) + "[]" : "unknown";
            case 1 -> types.getFirst() + "[]";
            default -> {
                if (!NUMBERS.containsAll(types)) {
                    throw refused(name, "a list of " + String.join(" and ", types));
                }
                yield EXACT.containsAll(types) ? "numeric[]" : "float8[]";
            }
        };
    }

    private static String type(String name, Object element) {
        return switch (element) {
            case String _ -> "text";
            case Integer _ -> "int4";
            case Long _ -> "int8";
            case Short _ -> "int2";
            case Double _ -> "float8";
            case Float _ -> "float4";
            case BigDecimal _ -> "numeric";
            case Boolean _ -> "bool";
            case UUID _ -> "uuid";
            case byte[] _ -> "bytea";
            case LocalDate _ -> "date";
            case LocalTime _ -> "time";
            case OffsetTime _ -> "timetz";
            case LocalDateTime _ -> "timestamp";
            case OffsetDateTime _ -> "timestamptz";
            case PGobject object -> object.getType();
            default -> throw refused(name, "a list of " + element.getClass().getSimpleName());
        };
    }

    private static PGobject typed(String type, String text) throws SQLException {
        var object = new PGobject();
        object.setType(type);
        object.setValue(text);
        return object;
    }

    private static IllegalArgumentException refused(String name, String what) {
        return new IllegalArgumentException(name + " is " + what + ", which PostgreSQL has no type for; "
            + "give a text, a number, a boolean, a java.time value, a UUID, or a list of those of one kind");
    }
}
