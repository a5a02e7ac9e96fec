package kernel.jshell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;

/** Which variables there are and where the child keeps them. Written by the thread that evaluates, read by all. */
final class Variables {
    private record Known(Variable variable, Place place) { }

    private volatile Map<String, Known> known = Map.of();

    /** @return where variables were that JShell has now put elsewhere, under the place where they are now */
    Map<Place, Place> update(JShell shell) {
        var now = new LinkedHashMap<String, Known>();
        var moved = new LinkedHashMap<Place, Place>();
        shell.variables().forEach(variable -> {
            var here = new Known(new Variable(variable.name(), variable.typeName()), place(shell, variable));
            var before = known.get(variable.name());
            if (before != null && !before.place().equals(here.place())) {
                moved.put(here.place(), before.place());
            }
            now.put(variable.name(), here);
        });
        known = now;
        return moved;
    }

    private static Place place(JShell shell, VarSnippet variable) {
        return new Place(shell.sourceCodeAnalysis().wrapper(variable).fullClassName(), variable.name());
    }

    List<Variable> all() {
        return known.values().stream().map(Known::variable).filter(variable -> !variable.name().startsWith("$")).toList();
    }

    Optional<Place> place(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::place);
    }
}
