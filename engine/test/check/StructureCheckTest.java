package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import book.Recording;
import grading.selftest.RecordedAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kernel.output.Output;
import lesson.Home;
import lesson.MutantScores;
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
        write("lessons/01-first/lesson01.adoc", "= First\n:question: Why?\n");
        record();
        write("exercises/01-first/1-small-step/exercise.adoc", "");
        write("exercises/01-first/1-small-step/answer.sql", "");
        write("solutions/01-first/1-small-step/answer.sql", "");
        write("verify/01-first/SmallStepTest.java", "");
        write("verify/01-first/starter/1-small-step/answer.sql", "");
        write("jbang-catalog.json", """
            {"aliases": {"lesson01": {"script-ref": "engine/Course.java", "arguments": ["lesson01"]}}}""");
        write("engine/Course.java", "//DEPS a:b:1\n");
        write("engine/Book.java", "");
        write("NOTICES.md", Files.readString(Home.here().root().resolve("NOTICES.md")) + "| `a:b` | MIT |\n");
        write("pom.xml", "<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency><source>lessons/01-first</source>");
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
        write("README.md", "| 01 | [First](docs/01-first.html) | Why? |\n");
        recordJudged();
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
        assertEquals(List.of("lessons hold a program and its prose, and nothing else"), failures());
    }

    @Test
    @DisplayName("a lesson without its recording is found")
    void missingRecording() throws IOException {
        Files.delete(root.resolve("lessons/01-first/lesson01.out"));
        assertEquals(List.of("lessons, answers and mutants are recorded"), failures());
    }

    @Test
    @DisplayName("a solution with other files than the exercise is found")
    void mirror() throws IOException {
        write("solutions/01-first/1-small-step/second.sql", "");
        recordJudged();
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
        write("verify/01-first/equivalent/1-small-step.txt", "");
        assertEquals(List.of(), failures());
        write("verify/01-first/equivalent/1-small-steps.txt", "");
        assertEquals(List.of("exercises, solutions and verifiers mirror each other"), failures());
    }

    @Test
    @DisplayName("an exercise without recorded answers and mutants is found, and one that changed since; the commands that record are named")
    void mutants() throws IOException {
        write("solutions/01-first/1-small-step/answer.sql", "select 2");
        assertEquals(List.of("lessons, answers and mutants are recorded"), failures());
        Files.delete(root.resolve("verify/01-first/mutants.out"));
        assertEquals(List.of("lessons, answers and mutants are recorded"), failures());
        assertTrue(messages().contains("./jbang record --mutants 01"), messages());
        assertTrue(messages().contains("./jbang record --answers 01"), messages());
    }

    @Test
    @DisplayName("a program of another tool that is not recorded as it is is found; it and the command that records are named")
    void elsewhere() throws IOException {
        write("lessons/01-first/elsewhere/psycopg.py", "print(1)");
        assertEquals(List.of("programs of other tools are recorded as they are"), failures());
        assertTrue(messages().contains("lessons/01-first/elsewhere/psycopg.py is new since "), messages());
        assertTrue(messages().contains("./jbang record --elsewhere 01"), messages());
    }

    @Test
    @DisplayName("a lesson that an IDE would not compile is found")
    void withoutSource() throws IOException {
        write("pom.xml", Files.readString(root.resolve("pom.xml")).replace("01-first", "02-second"));
        assertTrue(messages().contains("pom.xml lacks <source>lessons/01-first</source>"), messages());
    }

    @Test
    @DisplayName("several plans of a step without their titles are found, and one plan needs none")
    void plans() throws IOException {
        var plan = new Output.Plan(new Output.Plan.Node("Seq Scan", "on t", 1, 1, 1, 1, 0, 1, List.of()), 1, 1);
        record(plan);
        assertEquals(List.of(), failures());
        record(plan.titled("before"), plan.titled("after"));
        assertEquals(List.of(), failures());
        record(plan.titled("before"), plan);
        assertEquals(List.of("recorded plans have titles where there are several, and recorded charts two named axes"), failures());
        assertTrue(messages().contains("lesson01.out: step \"one\" shows 2 plans, 1 without a title; say `; --"), messages());
    }

    @Test
    @DisplayName("a chart of which an axis has no name is found")
    void charts() throws IOException {
        var chart = new Output.Chart("throughput", "queries a second", List.of("1"), List.of(new Output.Chart.Series("a", List.of(1.0))));
        record(chart.over("sessions"));
        assertEquals(List.of(), failures());
        record(chart);
        assertTrue(messages().contains("the chart \"throughput\" of step \"one\" has an axis without a name"), messages());
    }

    @ParameterizedTest(name = "a program with {0} is found")
    @CsvSource(delimiter = '|', value = {
        "an unclosed tag       | // tag::one[]                                           | lesson01.java:1: tag::one[] is not closed",
        "a line that is too wide | // tag::one[];short;long;// end::one[]                | lesson01.java:3: the line has 103 characters"})
    void programs(String what, String lines, String message) throws IOException {
        write("lessons/01-first/lesson01.java", lines.replace("long", "x".repeat(103)).replace(";", "\n"));
        assertEquals(List.of("programs close their tags, migrate at their end, and fit into the book"), failures());
        assertTrue(messages().contains(message), messages());
    }

    @Test
    @DisplayName("a lesson from 03 on whose last step does not migrate is found")
    void migrate() throws IOException {
        write("lessons/03-third/lesson03.java", "// tag::one[]\nmigrate()\n// end::one[]\n");
        write("lessons/03-third/lesson03.adoc", "= Third\n:question: When?\n");
        write("lessons/03-third/lesson03.out", Files.readString(root.resolve("lessons/01-first/lesson01.out")));
        write("README.md", "| 01 | [First](docs/01-first.html) | Why? |\n| 03 | [Third](docs/03-third.html) | When? |\n");
        assertFalse(failures().contains("programs close their tags, migrate at their end, and fit into the book"), messages());
        write("lessons/03-third/lesson03.java", "// tag::one[]\nmigrate()\n// end::one[]\n// tag::two[]\n// end::two[]\n");
        assertTrue(messages().contains("lesson03.java: the last step must run migrate()"), messages());
    }

    @Test
    @DisplayName("README's table of lessons has each of them, with its title and its question, and no other")
    void readme() throws IOException {
        for (var table : List.of("", "| 01 | [First](docs/01-first.html) | Why not? |\n",
                "| 01 | [First](docs/01-first.html) | Why? |\n| 02 | [Gone](docs/02-gone.html) | Where? |\n")) {
            write("README.md", table);
            assertEquals(List.of("README.md has a row for each lesson"), failures(), table);
        }
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
        assertEquals(List.of("the catalog names every lesson and every command once, each with its program"), failures());
    }

    @Test
    @DisplayName("a version in pom.xml that is not the course's is found")
    void pom() throws IOException {
        write("engine/Course.java", "//DEPS a:b:2\n");
        assertEquals(List.of("pom.xml has the versions of engine/Course.java"), failures());
    }

    @Test
    @DisplayName("a library whose licence nobody says is found")
    void notices() throws IOException {
        write("lessons/01-first/service/Service.java", "//DEPS org.example:unknown:1\n");
        assertEquals(List.of("NOTICES.md names each library"), failures());
        write("lessons/01-first/service/Service.java", "");
        write("NOTICES.md", "| `a:b` | MIT |\n"); // and none of those on the class path
        assertEquals(List.of("NOTICES.md names each library"), failures());
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

    private void record(Output... outputs) throws IOException {
        new Recording("01-first", "18.6", "embedded", "25", "2026-11-22", List.of(new Recording.Step("one", "", List.of(outputs))))
            .write(root.resolve("lessons/01-first/lesson01.out"));
    }

    private void recordJudged() {
        var exercise = new Home(root).exercise("01.1");
        new MutantScores("01-first", List.of(new MutantScores.Score("1-small-step", 0, 0, 0, MutantScores.fingerprint(exercise)))).write(exercise.lesson());
        RecordedAnswers.add(exercise.lesson(), Map.of(exercise, RecordedAnswers.sum(exercise)));
    }

    private String messages() throws IOException {
        return StructureCheck.of(new Home(root)).stream().map(Result::message).collect(Collectors.joining("\n"));
    }

    private List<String> failures() throws IOException {
        return StructureCheck.of(new Home(root)).stream().filter(result -> !result.passed()).map(Result::name).toList();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
