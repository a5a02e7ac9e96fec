package kernel.jshell;

import java.util.List;

/** Where the child's AOT cache is, if the launcher has made one. */
final class ChildCache {
    private ChildCache() { }

    static List<String> options() {
        return List.of();
    }
}
