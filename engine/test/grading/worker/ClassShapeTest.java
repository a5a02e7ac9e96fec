package grading.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kernel.compile.JavaCompiler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The shape of an answer")
class ClassShapeTest {
    @TempDir Path folder;

    @Test @DisplayName("is the same where only the body of a method differs")
    void body() throws Exception {
        assertEquals(shape("int sum() { return 1; }"), shape("int sum() { return 2; }"));
    }

    @Test @DisplayName("has the constants, which a verifier would keep")
    void constants() throws Exception {
        assertNotEquals(shape("static final int LIMIT = 1;"), shape("static final int LIMIT = 2;"));
    }

    @Test @DisplayName("is not that of another class whose members stand in a constant of it")
    void forged() throws Exception {
        var two = shape("static final String A = \"x\", B = \"y\";");
        var plain = withoutLengths(two);
        var text = plain.substring(plain.indexOf("\"x\"") + 1, plain.indexOf("\"y\"") + 2);
        var one = shape("static final String A = \"" + text.replace("\"", "\\\"").replace("\n", "\\n") + "\";");
        assertNotEquals(two, one);
        assertEquals(plain, withoutLengths(one), "but for the lengths they are the same");
    }

    private static String withoutLengths(String shape) {
        return shape.replaceAll("\\d+:", "");
    }

    private String shape(String members) throws Exception {
        var source = Files.writeString(folder.resolve("Answer.java"), "class Answer { " + members + " }");
        return switch (JavaCompiler.compile(List.of(source), Map.of())) {
            case JavaCompiler.Result.Compiled(var classes) -> ClassShape.of(classes);
            case JavaCompiler.Result.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
