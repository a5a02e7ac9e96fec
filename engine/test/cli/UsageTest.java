package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    @ParameterizedTest(name = "\"{0}\" is refused with one sentence: {1}")
    @CsvSource(delimiter = '|', value = {
        "lesson02 --no-pase         | there is no option --no-pase; did you mean --no-pause,",
        "lesson02 --no-pase=yes     | there is no option --no-pase; did you mean --no-pause,",
        "verify --wach              | there is no option --wach; did you mean --watch,",
        "clean --dry                | there is no option --dry; did you mean --help",
        "lesson02 twice             | lesson02 does not know what to do with twice (./jbang lesson02 --help",
        "lesson02 --db              | lesson02 needs a value after --db",
        "lesson02 --db dokker       | there is no database dokker; did you mean docker,",
        "lesson02 --db embedded:9   | the course runs on PostgreSQL 15, 16, 17 and 18; 9 is none of them",
        "lesson02 --db docker:14    | the course runs on PostgreSQL 15, 16, 17 and 18; 14 is none of them",
        "lesson02 --db docker:postgres:19beta1 | the course runs on PostgreSQL 15, 16, 17 and 18; 19 is none of them",
        "submit 02.1 --to README.md | cannot write a submission into ",
        "test --db dokker           | there is no database dokker; did you mean docker,",
        "lesson02 --no-pause=maybe  | --no-pause takes no value",
        "bench --runs many          | many is no value for --runs, runs of each",
        "test --quick --lesson 02   | --quick and --lesson do not go together",
        "verify --watch --author    | --watch and --author do not go together",
        "lesson02 --only a --from b | --only and --from do not go together",
        "lesson99                   | there is no lesson 99; did you mean",
        "lesson02 --only no-such    | there is no step no-such; did you mean",
        "lesson02 --from no-such    | there is no step no-such; did you mean",
        "lesson02 --from 99         | there is no step 99; lesson02 has 1 to ",
        "lesson02 --only 0          | there is no step 0; lesson02 has 1 to ",
        "hint                       | hint needs NN.n [HINT], the exercise",
        "hint 02.1 9                | exercise 02.1 has no hint 9; there are 1, 2",
        "verify 01 99               | there is no lesson 99; did you mean",
        "hint 01.99                 | there is no exercise 01.99; did you mean 01.",
        "sql                        | sql needs NN.n, the exercise",
        "sql 05.2 --as boss         | there is no role boss; did you mean",
        "verify 99.1                | there is no exercise 99.1; did you mean",
        "verify --submission none   | there is no submission none",
        "verify --submission README.md --sandbox podman | there is no sandbox podman; did you mean",
        "verify --submission README.md --sandbox none   | README.md is no submission: ",
        "grade lessons --sandbox none                   | this runs the code of whoever handed in with your rights; --trust says yes",
        "grade                      | grade needs one FOLDER, of submissions",
        "grade . --shard 9/8        | 9/8 is no shard; say 3/8",
        "grade . --attempt first    | there is no attempt first; did you mean best, latest?",
        "grade . --until tomorrow   | tomorrow is no time; say 2026-11-30",
        "grade . --signers none     | there is no file of signers none",
        "submit 02.1 --sign none    | there is no key none; ssh-keygen -t ed25519 makes one",
        "grade --merge              | grade --merge needs the folders",
        "grade none                 | there is no folder ",
        "new                        | new needs lesson NN-topic or exercise NN.n name, what to make",
        "new leson 98-small         | there is no kind of files leson; did you mean lesson,",
        "new lesson 01-again        | there is a lesson 01 already, lessons/01-connecting",
        "new exercise 01.1 again    | there is an exercise 01.1 already, exercises/01-connecting/1-bind-do-not-build",
        "new exercise 01.9          | 01.9 is no name for an exercise",
        "verfy                      | there is no command verfy; did you mean verify,"})
    void wrongWords(String words, String sentence) {
        var run = Printed.of(words.split(" "));
        assertEquals(2, run.exit(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith(sentence), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest(name = "{0} --help prints what there is")
    @CsvSource({"lesson02", "verify", "hint", "solution", "sql", "reset", "submit", "grade", "course", "record", "test", "new", "bench", "doctor", "fetch", "clean"})
    void help(String command) {
        var run = Printed.of(command, "--help");
        assertEquals(0, run.exit());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("Usage: ./jbang " + command), run.out());
    }

    @ParameterizedTest(name = "--help of {0} is at most 60 columns wide where the terminal is")
    @CsvSource({"lesson02", "verify", "test", "bench"})
    void narrow(String command) {
        var out = new java.io.ByteArrayOutputStream();
        Help.print(Main.command(command), 60, new java.io.PrintStream(out, true, java.nio.charset.StandardCharsets.UTF_8));
        var text = out.toString(java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(text.lines().allMatch(line -> line.length() <= 60), text);
    }

    @Test
    @DisplayName("what nobody foresaw is one sentence that says what to report, and the trace is in the file that it names")
    void unforeseen() throws Exception {
        var run = Printed.by(err -> ErrorReport.explain(new IllegalStateException("the impossible"), err));
        assertEquals(2, run.exit());
        assertEquals(1, run.err().lines().count(), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        var file = java.nio.file.Path.of(run.err().strip().replaceFirst(".* and (?=/|[A-Z]:)", ""));
        assertTrue(java.nio.file.Files.readString(file).contains("\tat cli.UsageTest.unforeseen"), file.toString());
        java.nio.file.Files.delete(file);
    }

    @Test
    @DisplayName("a file that is not there is named in words")
    void files() {
        var run = Printed.by(err -> ErrorReport.explain(new java.io.UncheckedIOException("cannot read the page",
            new java.nio.file.NoSuchFileException("/a/page")), err));
        assertEquals("cannot read the page: there is no /a/page\n", run.err());
    }
}
