package kernel.jshell;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/** Which variables the cells have declared, and where the child keeps them. Written by the thread that evaluates, read by all. */
final class JavaVariables {
    /** Where the child keeps a variable: the class that JShell made for it, and the field. */
    record Location(String className, String field) { }

    private record Known(Variable variable, Location location) { }

    private volatile Map<String, Known> known = Map.of();

    /**
     * @param moved variables that JShell has put elsewhere: where they are now, and where they were
     * @param gone  variables whose declarations have ceased to compile
     */
    record Changes(Map<Location, Location> moved, Set<String> gone) { }

    Changes update(JShell shell) {
        var now = new LinkedHashMap<String, Known>();
        var moved = new LinkedHashMap<Location, Location>();
        shell.variables().filter(variable -> shell.status(variable) == Snippet.Status.VALID).forEach(variable -> {
            var here = new Known(new Variable(variable.name(), variable.typeName()), location(shell, variable));
            var before = known.get(variable.name());
            if (before != null && !before.location().equals(here.location())) {
                moved.put(here.location(), before.location());
            }
            now.put(variable.name(), here);
        });
        var gone = new LinkedHashSet<>(known.keySet());
        gone.removeAll(now.keySet());
        known = now;
        return new Changes(moved, gone);
    }

    private static Location location(JShell shell, VarSnippet variable) {
        return new Location(shell.sourceCodeAnalysis().wrapper(variable).fullClassName(), variable.name());
    }

    List<Variable> all() {
        return known.values().stream().map(Known::variable).filter(variable -> !variable.name().startsWith("$")).toList();
    }

    Optional<Location> location(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::location);
    }
}
