package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code jbang lesson01@course}, with the pinned jbang and a plain HTTP server; empty caches at first, and in the end no server. */
@DisabledOnOs(OS.WINDOWS)
class WithoutCloneTest {
    private final Sandbox sandbox = new Sandbox();
    private final Path folder = sandbox.folder.resolve("mein Ordner's");
    private Path jbang;
    private PublishedCourse course;
    private final List<String> catalogs = new ArrayList<>();

    @BeforeEach
    void publish() throws Exception {
        jbang = RealJbang.installed(sandbox);
        Files.createDirectories(sandbox.cache());
        Files.copy(RealJbang.jar(), sandbox.cache().resolve(RealJbang.JAR));
        sandbox.with("JAVA_HOME", Path.of(System.getProperty("java.home"))).with("JBANG_DIR", sandbox.home.resolve(".jbang"));
        Files.createDirectories(folder);
        course = new PublishedCourse(sandbox.folder.resolve("published"), "old");
    }

    @AfterEach
    void remove() {
        course.close();
        sandbox.close();
    }

    @Test
    void aLessonFetchesTheCourseOnceAndRunsAgainWithoutTheServer() {
        add("course", course);
        var first = jbang("lesson01@course", "zwei Wörter");
        assertEquals("old [lesson01, zwei Wörter] " + folder + "\n", first.out(), first.err());
        assertTrue(first.err().contains("where ./jbang COMMAND is said, it is jbang COMMAND@course here"), first.err());
        assertEquals(1, course.asked.stream().filter("archive/HEAD.zip"::equals).count());
        course.close();
        assertEquals(first.out(), jbang("lesson01@course", "zwei Wörter").out());
        assertTrue(files(folder).isEmpty(), "a lesson leaves nothing behind");
        Disk.delete(sandbox.home.resolve(".jbang/cache/course"));
        refused("the first run, and the newest version, need a network", "lesson01@course");
    }

    @Test
    void startFetchesTheNewestVersionAndLeavesAnswersAsTheyAre() {
        add("course", course);
        var answer = folder.resolve("exercises/01-connecting/1-first/answer.sql");
        var verify = jbang("verify@course", "01.1");
        assertEquals("old [verify, 01.1] " + folder + "\n", verify.out(), verify.err());
        assertTrue(verify.err().contains("your exercises are in " + folder.resolve("exercises")), verify.err());
        assertEquals("-- your answer\n", Disk.read(answer));
        Disk.write(answer, "select 'mine'\n");
        course.says("new");
        course.write("exercises/01-connecting/1-first/exercise.adoc", "= First, said better\n");
        course.write("exercises/01-connecting/2-second/answer.sql", "-- another\n");
        assertEquals("old [course] " + folder + "\n", sandbox.command(folder, List.of("./jbang")).run("").out(), "what is fetched stays until the newest is asked for");
        assertEquals(0, jbang("start@course").exit());
        assertEquals("select 'mine'\n", Disk.read(answer));
        assertEquals("= First, said better\n", Disk.read(answer.resolveSibling("exercise.adoc")));
        assertEquals("-- another\n", Disk.read(folder.resolve("exercises/01-connecting/2-second/answer.sql")));
        assertEquals("new [verify, 01.1] " + folder + "\n", sandbox.command(answer.getParent(), List.of(folder.resolve("jbang").toString(), "verify", "01.1")).run("").out());
        assertEquals("new [verify, 01.1] " + folder + "\n", sandbox.command(answer.getParent(), List.of(jbang.toString(), "verify@course", "01.1")).run("").out());
        assertTrue(sandbox.command(folder, List.of("./jbang", "--version")).run("").out().contains("commit 0123456789abcdef"));
        jbang("start@course");
        assertEquals("archive/HEAD.zip again", course.asked.getLast());
    }

    @Test
    void anArchiveThatIsCutOrHasAFileElsewhereIsNotUsed() {
        add("course", course);
        course.also("repository-0123abc/../../elsewhere.txt");
        refused("has a file outside of its folder", "lesson01@course");
        course.isCut();
        refused("is no whole zip", "lesson01@course");
        assertFalse(files(sandbox.home).stream().anyMatch(file -> file.endsWith("elsewhere.txt") || file.endsWith("Course.java")), "nothing of it is kept");
    }

    @Test
    void theRepositoryIsToBeNamedWhereJbangNamesNoneOrTwo() throws Exception {
        refused("jbang catalog add --name course", "lesson01@" + course.catalog());
        add("course", course);
        try (var other = new PublishedCourse(sandbox.folder.resolve("other"), "other")) {
            jbang("lesson01@course");
            add("fork", other);
            refused("from course and fork; say which with COURSE_ORIGIN=", "lesson01@fork");
            sandbox.with("COURSE_ORIGIN", "fork");
            assertEquals("other [lesson01] " + folder + "\n", jbang("lesson01@fork").out());
        }
    }

    /** As {@code jbang catalog add} notes it. */
    private void add(String name, PublishedCourse published) {
        catalogs.add("\"%s\": { \"catalog-ref\": \"%s\" }".formatted(name, published.catalog()));
        Disk.write(sandbox.home.resolve(".jbang/jbang-catalog.json"), "{ \"catalogs\": { " + String.join(", ", catalogs) + " } }");
    }

    private void refused(String why, String... words) {
        var run = jbang(words);
        assertEquals(2, run.exit());
        assertTrue(run.err().contains(why), run.err());
        assertEquals("", run.out());
    }

    private Run jbang(String... words) {
        return sandbox.command(folder, Stream.concat(Stream.of(jbang.toString()), Stream.of(words)).toList()).run("");
    }

    private static List<Path> files(Path folder) {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
