package kernel.sql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTextTest {
    @Test void aCommentInTheLineOfASemicolonIsARemarkOnItsStatement() {
        var statements = StatementText.of("select 1   -- one\n  ;  -- the first\n-- of the next\nselect 2; select 3; -- the third\nselect 4");
        assertEquals(List.of("the first", "", "the third", ""), statements.stream().map(StatementText::remark).toList());
    }

    @Test void eachExplainThatIsDrawnHasATitleOrNone() {
        assertEquals(List.of("as the index is", ""), StatementText.planTitles("""
            create table t (); -- no plan
            explain select 1;              -- as the index is
            explain (format text) select 2; -- stays text
            explain analyze select 3;
            """));
    }
}
