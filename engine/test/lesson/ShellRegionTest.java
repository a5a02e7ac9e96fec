package lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lab.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellRegionTest {
    @Test void aScriptIsARegionOfTheSuperuser(@TempDir Path folder) throws Exception {
        var program = Files.writeString(folder.resolve("lesson99.java"), """
            shell("dump", \"""
                # tag::dump[]
                pg_dump --version       # which one?
                # end::dump[]
                \""");
            """);
        assertEquals(List.of(new Region("dump", "shell", "pg_dump --version       # which one?", 3, Role.ADMIN, "")), Program.regions(program));
    }
}
