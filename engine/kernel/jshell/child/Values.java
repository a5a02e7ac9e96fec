package kernel.jshell.child;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import jvm.FieldReader;
import jvm.FieldWriter;

/**
 * The values that travel between the host and its child: those that a bind parameter and a result's column can be.
 * Nothing else is ever made from bytes on either side.
 */
public final class Values {
    private static final int MAX_ELEMENTS = 10_000;
    private static final int MAX_LENGTH = 1 << 20;

    private Values() { }

    /** @throws IllegalArgumentException where the value cannot travel, with a half sentence that goes on after the variable's name */
    public static void write(FieldWriter out, Object value) {
        switch (value) {
            case null -> out.octet('0');
            case byte[] bytes -> {
                bounded(bytes.length);
                out.octet('x').bytes(bytes);
            }
            case List<?> list -> writeAll(out.octet('['), list);
            case Object array when array.getClass().isArray() ->
                writeAll(out.octet('(').text(array.getClass().componentType().getName()), elements(array));
            default -> {
                var type = Scalars.type(value); // before toString(), which may be the learner's
                var text = value.toString();
                bounded(text.length());
                out.octet('v').text(type).text(text);
            }
        }
    }

    /** What {@link #write} has written. */
    public static Object read(FieldReader in) throws IOException {
        return switch (in.octet()) {
            case '0' -> null;
            case 'x' -> in.bytes();
            case '[' -> Collections.unmodifiableList(in.list(Values::read));
            case '(' -> array(in.text(), in.list(Values::read));
            default -> Scalars.parse(in.text(), in.text());
        };
    }

    private static void writeAll(FieldWriter out, List<?> elements) {
        if (elements.size() > MAX_ELEMENTS) {
            throw new IllegalArgumentException("has " + elements.size() + " elements, and " + MAX_ELEMENTS + " are the most that can be handed over");
        }
        out.list(elements, Values::write);
    }

    private static List<Object> elements(Object array) {
        var length = Array.getLength(array);
        var elements = new ArrayList<>(Math.min(length, MAX_ELEMENTS));
        for (int i = 0; i < length; i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static Object array(String component, List<Object> elements) {
        var array = Array.newInstance(componentType(component), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }

    private static Class<?> componentType(String name) {
        return switch (name) {
            case "int" -> int.class;
            case "long" -> long.class;
            case "short" -> short.class;
            case "double" -> double.class;
            case "float" -> float.class;
            case "boolean" -> boolean.class;
            case "char" -> char.class;
            case "java.lang.String" -> String.class;
            case "java.lang.Integer" -> Integer.class;
            case "java.lang.Long" -> Long.class;
            case "java.lang.Double" -> Double.class;
            case "java.util.UUID" -> UUID.class;
            default -> Object.class;
        };
    }

    private static void bounded(int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("is " + length + " long, and " + MAX_LENGTH + " is the most that can be handed over");
        }
    }
}
