package browser.runtime;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import kernel.cell.Cell;

/** The names by which a cell hangs together with others. */
public record CellNames(Set<String> defines, Set<String> uses) {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z_$][\\w$]*)\\s*}}");
    private static final Pattern RESULT = Pattern.compile("(?m)^\\s*--\\s*result:\\s*([A-Za-z_$][\\w$]*)");

    /** @param java says it of a piece of Java */
    public static CellNames by(Cell cell, Function<String, CellNames> java) {
        return switch (cell.language()) {
            case JAVA -> java.apply(cell.source());
            case SQL -> new CellNames(all(RESULT, cell.source()), all(VARIABLE, cell.source()));
            case SHELL -> new CellNames(Set.of(), Set.of());
        };
    }

    private static Set<String> all(Pattern pattern, String source) {
        var names = new TreeSet<String>();
        pattern.matcher(source).results().forEach(found -> names.add(found.group(1)));
        return names;
    }
}
