package browser.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import kernel.cell.Cell;
import kernel.cell.Cell.Language;
import lab.Role;
import org.junit.jupiter.api.Test;

class CellNamesTest {
    @Test void aResultIsDefinedWhereverItsCommentStands() {
        assertEquals(Set.of("users", "orders", "roles"), names("""
            -- result: users
            select 1; select 2; -- result: orders
            select 3 -- result: roles
            """).defines());
    }

    @Test void whatStandsInQuotesAndCommentsIsNeitherUsedNorDefined() {
        var names = names("select {{price}}, '{{never}} -- result: never' /* {{never}} */");
        assertEquals(Set.of("price"), names.uses());
        assertEquals(Set.of(), names.defines());
    }

    private static CellNames names(String sql) {
        return CellNames.by(new Cell("cell", Language.SQL, sql, Role.APP, "", ""), java -> new CellNames(Set.of(), Set.of()));
    }
}
