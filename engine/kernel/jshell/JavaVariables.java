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

/** Which variables there are and where the child keeps them. Written by the thread that evaluates, read by all. */
final class JavaVariables {
    private record Known(Variable variable, VariableLocation location) { }

    private volatile Map<String, Known> known = Map.of();

    /**
     * @param moved where variables were that JShell has now put elsewhere, under the place where they are now
     * @param gone  variables whose declarations have ceased to compile
     */
    record Changes(Map<VariableLocation, VariableLocation> moved, Set<String> gone) { }

    Changes update(JShell shell) {
        var now = new LinkedHashMap<String, Known>();
        var moved = new LinkedHashMap<VariableLocation, VariableLocation>();
        shell.variables().filter(variable -> shell.status(variable) == Snippet.Status.VALID).forEach(variable -> {
            var here = new Known(new Variable(variable.name(), variable.typeName()), place(shell, variable));
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

    private static VariableLocation place(JShell shell, VarSnippet variable) {
        return new VariableLocation(shell.sourceCodeAnalysis().wrapper(variable).fullClassName(), variable.name());
    }

    List<Variable> all() {
        return known.values().stream().map(Known::variable).filter(variable -> !variable.name().startsWith("$")).toList();
    }

    Optional<VariableLocation> place(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::location);
    }
}
