package check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import lesson.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clone in which everything is right, and one thing after the other that is not. */
class StructureCheckTest {
    @TempDir Path root;

    @BeforeEach
    void makeClone() throws IOException {
        write("lessons/01-first/lesson01.java", "");
        write("lessons/01-first/lesson01.adoc", "");
        write("lessons/01-first/lesson01.out", "");
        write("exercises/01-first/1-small-step/exercise.adoc", "");
        write("exercises/01-first/1-small-step/answer.sql", "");
        write("solutions/01-first/1-small-step/answer.sql", "");
        write("verify/01-first/SmallStepTest.java", "");
        write("verify/01-first/starter/1-small-step/answer.sql", "");
        write("jbang-catalog.json", """
            {"aliases": {"lesson01": {"script-ref": "engine/Course.java", "arguments": ["lesson01"]}}}""");
        write("engine/Course.java", "//DEPS a:b:1\n");
        write("engine/Book.java", "");
        write("pom.xml", "<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency>");
        write("CONTRIBUTING.md", """
            ```floors
            low
            high < high.inner | wing
            ```
            """);
        write("engine/low/Small.java", "package low; public class Small { }");
        write("engine/high/Tall.java", "package high; import low.Small; class Tall { low.Small small; }");
        write("engine/high/inner/Deep.java", "package high.inner; class Deep { class Inside { } }");
        write("engine/wing/Far.java", "package wing; class Far { class Inside { } }");
        write("engine/sources.sh", "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(root.resolve("engine/sources.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    @DisplayName("a clone in order passes every check")
    void inOrder() throws IOException {
        assertEquals(List.of(), failures());
    }

    @Test
    @DisplayName("a stray file at the top is found")
    void strayAtTheTop() throws IOException {
        write("notes.txt", "");
        assertEquals(List.of("no stray file at the top"), failures());
    }

    @Test
    @DisplayName("a stray file in a lesson is found")
    void strayInALesson() throws IOException {
        write("lessons/01-first/lesson01.java.orig", "");
        assertEquals(List.of("lessons hold a program, its prose and its recording, and nothing else"), failures());
    }

    @Test
    @DisplayName("a lesson without its recording is found")
    void missingRecording() throws IOException {
        Files.delete(root.resolve("lessons/01-first/lesson01.out"));
        assertEquals(List.of("lessons hold a program, its prose and its recording, and nothing else"), failures());
    }

    @Test
    @DisplayName("a solution with other files than the exercise is found")
    void mirror() throws IOException {
        write("solutions/01-first/1-small-step/second.sql", "");
        assertEquals(List.of("exercises, solutions and verifiers mirror each other"), failures());
    }

    @Test
    @DisplayName("wrong answers to an exercise that is not there are found")
    void wrongWithoutExercise() throws IOException {
        write("verify/01-first/wrong/2-gone/some/answer.sql", "");
        assertEquals(List.of("exercises, solutions and verifiers mirror each other"), failures());
    }

    @Test
    @DisplayName("a list of equivalent mutants belongs to an exercise")
    void equivalents() throws IOException {
        write("verify/01-first/mutants.out", "{}");
        write("verify/01-first/equivalent/1-small-step.txt", "");
        assertEquals(List.of(), failures());
        write("verify/01-first/equivalent/1-small-steps.txt", "");
        assertEquals(List.of("exercises, solutions and verifiers mirror each other"), failures());
    }

    @Test
    @DisplayName("an exercise without a verifier is found")
    void noVerifier() throws IOException {
        Files.delete(root.resolve("verify/01-first/SmallStepTest.java"));
        assertEquals(List.of("exercises, solutions and verifiers mirror each other"), failures());
    }

    @Test
    @DisplayName("a lesson that the catalog does not name is found")
    void catalog() throws IOException {
        write("jbang-catalog.json", "{\"aliases\": {}}");
        assertEquals(List.of("the catalog names every lesson and every command once, each with the program behind it"), failures());
    }

    @Test
    @DisplayName("a version in pom.xml that is not the course's is found")
    void pom() throws IOException {
        write("engine/Course.java", "//DEPS a:b:2\n");
        assertEquals(List.of("pom.xml has the versions of engine/Course.java"), failures());
    }

    @Test
    @DisplayName("an outdated list of sources is found")
    void sources() throws IOException {
        write("engine/sources.sh", "#!/bin/sh\necho outdated\nexit 1\n");
        assertEquals(List.of("the list of sources in the programs is complete"), failures());
    }

    @ParameterizedTest(name = "{0} uses what is not below it")
    @CsvSource(delimiter = '|', value = {
        "engine/low/Small.java       | package low; import high.Tall; class Small { }",
        "engine/low/Small.java       | package low; import static high.Tall.MOST; class Small { }",
        "engine/low/Small.java       | package low; import high.*; class Small { }",
        "engine/low/Small.java       | package low; class Small { Object tall = high.Tall.of(1).toString(); }",
        "engine/high/Tall.java       | package high; import high.inner.Deep; class Tall { }",
        "engine/high/inner/Deep.java | package high.inner; import wing.Far; class Deep { }",
        "engine/wing/Far.java        | package wing; class Far { high.Tall tall; }"})
    void arrows(String file, String text) throws IOException {
        write(file, text);
        assertEquals(List.of("packages use what is on lower floors alone"), failures());
    }

    @Test
    @DisplayName("a package that is not among the floors is found, and a floor without its package")
    void floors() throws IOException {
        write("engine/cellar/Dark.java", "package cellar; class Dark { }");
        assertEquals(List.of("packages use what is on lower floors alone"), failures());
        Files.delete(root.resolve("engine/cellar/Dark.java"));
        Files.delete(root.resolve("engine/wing/Far.java"));
        assertEquals(List.of("packages use what is on lower floors alone"), failures());
        write("CONTRIBUTING.md", "");
        assertEquals(List.of("packages use what is on lower floors alone"), failures());
    }

    @Test
    @DisplayName("two types of one name are found, but not in tests")
    void sharedNames() throws IOException {
        write("engine/test/wing/Small.java", "package wing; class Small { }");
        assertEquals(List.of(), failures());
        write("engine/wing/Small.java", "package wing; class Small { }");
        assertEquals(List.of("no two types of the engine share a simple name"), failures());
    }

    @Test
    @DisplayName("a package of more than 25 files needs a reason")
    void largePackage() throws IOException {
        for (int i = 1; i <= 25; i++) {
            write("engine/wing/Far" + i + ".java", "package wing; class Far" + i + " { }");
        }
        assertEquals(List.of("large packages say why they are"), failures());
        write("engine/wing/package-info.java", "/** More than 25 files, because each says one thing. */ package wing;");
        assertEquals(List.of(), failures());
    }

    private List<String> failures() throws IOException {
        return StructureCheck.of(new Home(root)).stream().filter(result -> !result.passed()).map(Result::name).toList();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
