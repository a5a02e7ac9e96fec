package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The values that travel between the host and its child: those that a bind parameter and a result's column can be.
 * Nothing else is ever made from bytes on either side.
 */
public final class Values {
    private static final int MAX_ELEMENTS = 10_000;
    private static final int LONGEST = 1 << 20;

    private Values() { }

    /** @throws IllegalArgumentException with half a sentence, where the value cannot travel */
    public static void write(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('0');
            case byte[] bytes -> {
                out.writeByte('x');
                FrameBody.bytes(out, bounded(bytes, bytes.length));
            }
            case List<?> list -> {
                out.writeByte('[');
                writeAll(out, list);
            }
            case Object array when array.getClass().isArray() -> {
                out.writeByte('(');
                FrameBody.text(out, array.getClass().componentType().getName());
                writeAll(out, elements(array));
            }
            default -> {
                out.writeByte('v');
                FrameBody.text(out, Scalars.type(value));
                var text = value.toString();
                FrameBody.text(out, bounded(text, text.length()));
            }
        }
    }

    public static Object read(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case '0' -> null;
            case 'x' -> FrameBody.bytes(in);
            case '[' -> Collections.unmodifiableList(readAll(in));
            case '(' -> array(FrameBody.text(in), readAll(in));
            default -> Scalars.parse(FrameBody.text(in), FrameBody.text(in));
        };
    }

    private static void writeAll(DataOutputStream out, List<?> elements) throws IOException {
        if (elements.size() > MAX_ELEMENTS) {
            throw new IllegalArgumentException("has " + elements.size() + " elements, and " + MAX_ELEMENTS + " are the most that can be handed over");
        }
        out.writeInt(elements.size());
        for (var element : elements) {
            write(out, element);
        }
    }

    private static List<Object> readAll(DataInputStream in) throws IOException {
        var count = in.readInt();
        var read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(read(in));
        }
        return read;
    }

    private static List<Object> elements(Object array) {
        var length = java.lang.reflect.Array.getLength(array);
        var elements = new ArrayList<>(Math.min(length, MAX_ELEMENTS));
        for (int i = 0; i < length; i++) {
            elements.add(java.lang.reflect.Array.get(array, i));
        }
        return elements;
    }

    private static Object array(String component, List<Object> elements) {
        var array = java.lang.reflect.Array.newInstance(componentType(component), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            java.lang.reflect.Array.set(array, i, elements.get(i));
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

    private static <T> T bounded(T value, int length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException("is " + length + " long, and " + LONGEST + " is the most that can be handed over");
        }
        return value;
    }
}
