package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the clone lies, where the learner stands, and where may be written. */
@DisabledOnOs(OS.WINDOWS)
class PlaceTest {

    private final Sandbox sandbox = Sandbox.usual();

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with spaces", "Übung-日本", "it's", "$HOME `id`", "a*[b]?", "-dash"})
    void theCloneMayBeCalled(String name) throws IOException {
        var clone = sandbox.folder.resolve(name);
        Files.move(sandbox.clone, clone);
        for (var start : List.of("cold", "warm")) {
            var run = sandbox.command(sandbox.folder, List.of(clone.resolve("jbang").toString(), "lesson02")).run("");
            assertEquals(clone.toString(), run.value("root"), start);
            assertEquals(sandbox.folder.toString(), run.value("folder"), start);
        }
        assertEquals(1, sandbox.callsOf("dev.jbang.Main run"));
    }

    @Test
    void inALocaleThatIsNotInstalledAnUmlautStaysAnUmlaut() {
        sandbox.script(sandbox.folder.resolve("bin/locale"), "case $LC_ALL in de*) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;; esac\n");
        assertEquals("C.UTF-8", sandbox.with("LC_ALL", "xx_XX.UTF-8").jbang("lesson02").value("locale"));
        assertEquals("C.UTF-8", sandbox.with("LC_ALL", "C").jbang("lesson02").value("locale"));
        assertEquals("de_DE.UTF-8", sandbox.with("LC_ALL", "de_DE.UTF-8").jbang("lesson02").value("locale"));
    }

    @Test
    void theLearnersFolderStaysTheWorkingFolderInsideAndOutsideTheClone() {
        for (var folder : List.of(sandbox.clone, sandbox.clone.resolve("engine/lab"), sandbox.home)) {
            assertEquals(folder.toString(), sandbox.in(folder, "lesson02").run("").value("folder"));
        }
    }

    @Test
    void theLauncherMayBeALinkAndMayBeCalledThroughAShellOrThePath() throws IOException {
        Files.createSymbolicLink(sandbox.bin.resolve("pg"), Path.of("../clone/jbang"));
        for (var words : List.of(List.of(sandbox.bin.resolve("pg").toString()), List.of("/bin/sh", "jbang"), List.of("/bin/sh", "./jbang"),
                List.of("/bin/sh", "-c", "PATH=.:$PATH; jbang"))) {
            assertEquals(sandbox.clone.toString(), sandbox.command(sandbox.clone, words).run("").value("root"), words.toString());
        }
    }

    @Test
    void aCloneThatMayNotBeWrittenIsOnlyRead() throws IOException {
        for (var file : contents().keySet()) {
            file.toFile().setWritable(false);
        }
        var before = contents();
        for (var start : List.of("cold", "warm")) {
            assertEquals(0, sandbox.jbang("lesson02").exit(), start);
        }
        assertEquals(before, contents());
        assertEquals(1, sandbox.callsOf("dev.jbang.Main run"));
    }

    @Test
    void withoutHomeAndWithoutAnAccountTheLearnerSaysWhereToWrite() {
        sandbox.without("HOME").script(sandbox.bin.resolve("id"), "echo nobody-of-that-name\n");
        assertEquals("jbang: HOME is not set; set it to a folder that you may write to\n", sandbox.jbang("lesson02").err());
        var folder = sandbox.folder.resolve("jbang dir");
        assertEquals(0, sandbox.with("JBANG_DIR", folder).jbang("lesson02").exit());
        assertTrue(Files.isDirectory(folder.resolve("cache/launcher")));
    }

    @Test
    void withoutHomeTheAccountsFolderIsTaken() {
        sandbox.without("HOME").with("JBANG_DIR", sandbox.folder.resolve("jbang dir"));
        assertEquals(System.getProperty("user.home"), sandbox.jbang("lesson02").value("home"));
    }

    @Test
    void aHomeThatCannotBeWrittenIsSaid() {
        Disk.write(sandbox.folder.resolve("file"), "");
        var run = sandbox.with("HOME", sandbox.folder.resolve("file/home")).jbang("lesson02");
        assertEquals("jbang: cannot write to " + sandbox.folder + "/file/home/.jbang/cache; "
                + "set JBANG_DIR and COURSE_CACHE to folders that you may write to\n", run.err());
        assertEquals(2, run.exit());
    }

    @Test
    void withJbangDirAHomeThatCannotBeWrittenDoes() {
        Disk.write(sandbox.folder.resolve("file"), "");
        sandbox.with("HOME", sandbox.folder.resolve("file/home")).with("JBANG_DIR", sandbox.folder.resolve("jbang dir"));
        assertEquals(0, sandbox.jbang("lesson02").exit());
        assertTrue(Files.isDirectory(sandbox.folder.resolve("jbang dir/cache/launcher")));
    }

    private TreeMap<Path, Long> contents() throws IOException {
        var contents = new TreeMap<Path, Long>();
        try (var files = Files.walk(sandbox.clone)) {
            files.forEach(file -> contents.put(file, file.toFile().lastModified()));
        }
        return contents;
    }
}
