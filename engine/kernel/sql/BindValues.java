package kernel.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
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
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import kernel.cell.CellVariables;
import lesson.UnknownName;
import org.postgresql.PGConnection;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/** Makes of a Java value what {@code setObject} takes, with the type that a Java program would give it. */
final class BindValues {
    private final Connection connection;
    private final CellVariables variables;

    BindValues(Connection connection, CellVariables variables) {
        this.connection = connection;
        this.variables = variables;
    }

    /**
     * The value of the variable.
     *
     * @throws UnknownName where there is none of this name
     * @throws IllegalArgumentException with a sentence, where PostgreSQL has nothing like it
     */
    Object of(String name) throws SQLException {
        if (!variables.names().contains(name)) {
            throw UnknownName.of("Java variable", name, variables.names());
        }
        return of(name, variables.value(name).orElse(null));
    }

    private Object of(String name, Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case String _, Integer _, Long _, Short _, Double _, Float _, BigDecimal _, Boolean _, UUID _, byte[] _, PGobject _, Array _,
                 LocalDate _, LocalTime _, LocalDateTime _, OffsetDateTime _, OffsetTime _ -> value;
            case Byte small -> small.shortValue();
            case BigInteger big -> new BigDecimal(big);
            case Character character -> character.toString();
            case Enum<?> constant -> constant.name();
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case ZonedDateTime zoned -> zoned.toOffsetDateTime();
            case Duration duration -> interval(duration);
            case Collection<?> many -> array(name, Arrays.asList(many.toArray()));
            case Object[] many -> array(name, Arrays.asList(many));
            case int[] many -> primitives("int4", many);
            case long[] many -> primitives("int8", many);
            case double[] many -> primitives("float8", many);
            case short[] many -> primitives("int2", many);
            case float[] many -> primitives("float4", many);
            case boolean[] many -> primitives("bool", many);
            default -> throw refused(name, value);
        };
    }

    private Array primitives(String type, Object many) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, many);
    }

    private Object array(String name, List<?> values) throws SQLException {
        var elements = new Object[values.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = of(name, values.get(i));
        }
        var first = Arrays.stream(elements).filter(Objects::nonNull).findFirst();
        return first.isPresent() ? connection.createArrayOf(type(name, first.get()), elements) : typeless(elements.length);
    }

    /** No element says of what type the array is, so the server may choose. */
    private static PGobject typeless(int nulls) throws SQLException {
        var array = new PGobject();
        array.setType("unknown");
        array.setValue("{" + String.join(",", java.util.Collections.nCopies(nulls, "null")) + "}");
        return array;
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
            case LocalDate _ -> "date";
            case LocalTime _ -> "time";
            case LocalDateTime _ -> "timestamp";
            case OffsetDateTime _ -> "timestamptz";
            case PGInterval _ -> "interval";
            default -> throw refused(name, List.of(element));
        };
    }

    private static PGInterval interval(Duration duration) {
        return new PGInterval(0, 0, 0, Math.toIntExact(duration.toHours()), duration.toMinutesPart(),
            duration.toSecondsPart() + duration.toNanosPart() / 1e9);
    }

    private static IllegalArgumentException refused(String name, Object value) {
        var of = value instanceof List<?> list ? "a list of " + list.getFirst().getClass().getSimpleName() : "a " + value.getClass().getSimpleName();
        return new IllegalArgumentException(name + " is " + of + ", which PostgreSQL has no type for; "
            + "give a text, a number, a boolean, a java.time value, a UUID, or a list of those");
    }
}
