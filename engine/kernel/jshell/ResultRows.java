package kernel.jshell;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.SourceVersion;
import kernel.jshell.child.HostPage;
import kernel.output.Output;

/** A result of SQL as a list of records. */
final class ResultRows {
    /** Methods that a record cannot have as components. */
    private static final Set<String> TAKEN = Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private final String name;
    private final List<String> components;
    private final List<String> types;
    private final List<List<Object>> rows;

    ResultRows(String name, List<Output.Table.Column> columns, List<? extends List<?>> rows) {
        if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
            throw new IllegalArgumentException("A result cannot be called " + name + " in Java. Choose a name of letters and digits.");
        }
        this.name = name;
        this.rows = rows.stream().map(row -> row.stream().map(ResultRows::plain).toList()).toList();
        this.components = components(columns);
        this.types = IntStream.range(0, columns.size()).mapToObj(this::type).toList();
    }

    List<List<Object>> rows() {
        return rows;
    }

    /** "OrdersRow" for "orders". */
    private String recordName() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Row";
    }

    String record() {
        return "record " + recordName() + IntStream.range(0, types.size()).mapToObj(i -> types.get(i) + " " + components.get(i))
            .collect(Collectors.joining(", ", "(", ") { }"));
    }

    String variable() {
        var made = IntStream.range(0, types.size()).mapToObj(i -> "(" + types.get(i) + ") row[" + i + "]").collect(Collectors.joining(", "));
        return "java.util.List<" + recordName() + "> " + name + " = " + HostPage.class.getName() + ".rows(\"" + name + "\").stream().map(row -> new "
            + recordName() + "(" + made + ")).toList();";
    }

    private static List<String> components(List<Output.Table.Column> columns) {
        var used = new HashSet<String>();
        var components = new ArrayList<String>();
        for (var column : columns) {
            var wished = identifier(column.name());
            var free = wished;
            for (int i = 2; !used.add(free); i++) {
                free = wished + i;
            }
            components.add(free);
        }
        return components;
    }

    /** "created_at" and "Created at" become "createdAt". */
    private static String identifier(String column) {
        var words = column.strip().split("[^\\p{L}\\p{N}]+");
        var joined = new StringBuilder();
        for (var word : words) {
            if (!word.isEmpty()) {
                joined.append(joined.isEmpty() ? word.substring(0, 1).toLowerCase(Locale.ROOT) : word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
            }
        }
        var text = joined.isEmpty() ? "column" : joined.toString();
        var legal = Character.isJavaIdentifierStart(text.charAt(0)) ? text : "_" + text;
        return SourceVersion.isKeyword(legal) || TAKEN.contains(legal) ? legal + "_" : legal;
    }

    /** The one type of all values of a column; Object where they have several, String where all are null. */
    private String type(int column) {
        var classes = rows.stream().map(row -> row.get(column)).filter(value -> value != null).map(Object::getClass).distinct().toList();
        if (classes.size() != 1) {
            return classes.isEmpty() ? "String" : "Object";
        }
        return List.class.isAssignableFrom(classes.getFirst()) ? "java.util.List<?>" : classes.getFirst().getCanonicalName();
    }

    /** As it can travel: for what has no class that can, its text. */
    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case String s -> s;
            case Boolean b -> b;
            case Character c -> c;
            case BigDecimal d -> d;
            case BigInteger i -> i;
            case Integer i -> i;
            case Long l -> l;
            case Short s -> s;
            case Byte b -> b;
            case Double d -> d;
            case Float f -> f;
            case java.util.UUID id -> id;
            case byte[] bytes -> bytes;
            case List<?> list -> list.stream().map(ResultRows::plain).collect(Collectors.toCollection(ArrayList::new));
            case Object[] array -> java.util.Arrays.stream(array).map(ResultRows::plain).collect(Collectors.toCollection(ArrayList::new));
            default -> value.getClass().getName().startsWith("java.time.") ? value : value.toString();
        };
    }
}
