package terminal.prompt;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the Java prompt finds the lesson's live objects. Public and in a named package, because a snippet sees no other
 * class of the course; nobody else should use it.
 */
public final class PromptBridge {
    private static final Map<String, Object> VALUES = new ConcurrentHashMap<>();

    private PromptBridge() { }

    static void put(String name, Object value) {
        VALUES.put(name, value);
    }

    /** Called by the declarations that {@link JavaShell} makes; the type is the one of the lesson's source. */
    @SuppressWarnings("unchecked")
    public static <T> T get(String name) {
        return (T) VALUES.get(name);
    }
}
