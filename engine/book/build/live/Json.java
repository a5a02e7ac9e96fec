package book.build.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** JSON, read by the browser, as maps, lists, strings, doubles, booleans and nulls: {@link kernel.output.PlanJson} knows nothing of browsers. */
final class Json {
    private Json() { }

    /** Throws what JavaScript throws where it is no JSON. */
    static Object read(String text) {
        return value(parse(text));
    }

    private static Object value(JSObject value) {
        return switch (kind(value)) {
            case "object" -> map(value);
            case "array" -> list(value);
            case "string" -> string(value);
            case "number" -> number(value);
            case "boolean" -> isTrue(value);
            default -> null;
        };
    }

    private static Map<String, Object> map(JSObject object) {
        var map = new LinkedHashMap<String, Object>();
        for (var name : names(object)) {
            map.put(name, value(get(object, name)));
        }
        return map;
    }

    private static List<Object> list(JSObject array) {
        var list = new ArrayList<>();
        for (int i = 0; i < length(array); i++) {
            list.add(value(get(array, i)));
        }
        return list;
    }

    @JSBody(params = "text", script = "return JSON.parse(text);")
    private static native JSObject parse(String text);

    @JSBody(params = "value", script = "return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;")
    private static native String kind(JSObject value);

    @JSBody(params = "object", script = "return Object.keys(object);")
    private static native String[] names(JSObject object);

    @JSBody(params = {"object", "name"}, script = "return object[name];")
    private static native JSObject get(JSObject object, String name);

    @JSBody(params = "array", script = "return array.length;")
    private static native int length(JSObject array);

    @JSBody(params = {"array", "index"}, script = "return array[index];")
    private static native JSObject get(JSObject array, int index);

    @JSBody(params = "value", script = "return value;")
    private static native String string(JSObject value);

    @JSBody(params = "value", script = "return value;")
    private static native double number(JSObject value);

    @JSBody(params = "value", script = "return value;")
    private static native boolean isTrue(JSObject value);
}
