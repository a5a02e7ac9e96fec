package browser.runtime;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import kernel.cell.Cell;
import kernel.sql.syntax.BoundStatement;
import kernel.sql.syntax.ResultNames;

/** The names by which a cell hangs together with others. */
public record CellNames(Set<String> defines, Set<String> uses) {

    /** @param java says it of a piece of Java */
    public static CellNames by(Cell cell, Function<String, CellNames> java) {
        return switch (cell.language()) {
            case JAVA -> java.apply(cell.source());
            case SQL -> new CellNames(new TreeSet<>(ResultNames.in(cell.source())), new TreeSet<>(BoundStatement.of(cell.source()).names()));
            case SHELL -> new CellNames(Set.of(), Set.of());
        };
    }
}
