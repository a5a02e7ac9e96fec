package lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
    @TempDir Path folder;

    @Test
    @DisplayName("regions come in order, each with its language, without its indentation and with its first line")
    void regions() throws IOException {
        var regions = Program.regions(program("""
            step("one"); // tag::one[]
                show(1);
                // end::one[]
                sqlFails("two", owner(), "42501", \"""
                -- tag::two[]
                select 2
                -- end::two[]
                \""");
            """));
        assertEquals(new Region("one", "java", "show(1);", 2, lab.Role.APP, ""), regions.get(0));
        assertEquals(new Region("two", "sql", "select 2", 6, lab.Role.OWNER, "42501"), regions.get(1));
        assertEquals(2, regions.size());
    }

    @ParameterizedTest(name = "{0} is reported with file and line")
    @CsvSource(delimiter = '|', value = {
        "a tag without its end         | // tag::one[];show(1);                                         | 1: tag::one[] is not closed; add a line `// end::one[]` after what the step shows",
        "a tag inside another's region | show(0);# tag::one[];# tag::two[];# end::two[];# end::one[]      | 2: tag::one[] is not closed before line 3, where tag::two[] begins; add a line `# end::one[]` above it",
        "an end without its tag        | // tag::one[];// end::one[];-- end::two[]                      | 3: end::two[] closes nothing; remove it, or add `-- tag::two[]` above what the step shows",
        "an end of another region      | // tag::one[];// end::uno[];// end::one[]                      | 2: end::uno[] closes nothing; remove it, or add `// tag::uno[]` above what the step shows"})
    void malformed(String what, String lines, String complaint) throws IOException {
        var program = program(lines.replace(";", "\n"));
        assertEquals(program + ":" + complaint, assertThrows(MalformedProgram.class, () -> Program.regions(program)).getMessage());
    }

    private Path program(String text) throws IOException {
        return Files.writeString(folder.resolve("lesson01.java"), text);
    }
}
