package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two answers are alike")
class LikenessTest {
    @Test @DisplayName("where blanks and comments alone differ, in Java and in SQL")
    void alike() {
        assertEquals(Likeness.bare("A.java", "int a = 1; // one\n/* two */ int b;"), Likeness.bare("A.java", "int a=1;\n\n\tint b;"));
        assertEquals(Likeness.bare("a.sql", "SELECT 1 -- one\n from t"), Likeness.bare("a.sql", "select 1\nfrom T"));
    }

    @Test @DisplayName("not where something in quotes differs, though it looks like a comment")
    void quoted() {
        assertNotEquals(Likeness.bare("A.java", "var a = \"// one\";"), Likeness.bare("A.java", "var a = \"// two\";"));
        assertNotEquals(Likeness.bare("A.java", "var a = \"\"\"\n  x // y\n\"\"\";"), Likeness.bare("A.java", "var a = \"\"\"\n  x // z\n\"\"\";"));
        assertNotEquals(Likeness.bare("a.sql", "select 'A--b'"), Likeness.bare("a.sql", "select 'a--b'"));
        assertEquals("chara='\"';", Likeness.bare("A.java", "char a = '\"'; // \""));
    }
}
