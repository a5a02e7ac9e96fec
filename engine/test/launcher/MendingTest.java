package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of file that the launcher, jbang and Maven keep: emptied, cut off and overwritten. With the pinned jbang and a small engine. */
@DisabledOnOs(OS.WINDOWS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MendingTest {

    private static final String ARTIFACT = "org/tukaani/xz/1.12/xz-1.12.jar";
    private final Sandbox sandbox = new Sandbox();

    enum Damage {
        EMPTIED, CUT, OVERWRITTEN;

        void to(Path file) throws Exception {
            var bytes = Files.readAllBytes(file);
            Files.write(file, switch (this) {
                case EMPTIED -> new byte[0];
                case CUT -> Arrays.copyOf(bytes, bytes.length / 2);
                case OVERWRITTEN -> "rubbish, ".repeat(bytes.length / 9 + 1).substring(0, bytes.length).getBytes();
            });
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
        }
    }

    @BeforeAll
    void anEngineOfOneFileWithOneLibrary() throws Exception {
        Files.createDirectories(sandbox.cache());
        Files.copy(RealJbang.jar(), sandbox.cache().resolve(RealJbang.JAR));
        Disk.write(sandbox.clone.resolve("engine/Course.java"), """
            //JAVA 25+
            //DEPS org.tukaani:xz:1.12
            // <sources>
            // </sources>
            class Course {
                public static void main(String... words) {
                    new org.tukaani.xz.LZMA2Options();
                    System.out.println("works");
                }
            }
            """);
        copyFromMaven();
        sandbox.with("JAVA_HOME", Path.of(System.getProperty("java.home"))).with("JBANG_REPO", repository());
        works();
    }

    @AfterAll
    void remove() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "OVERWRITTEN"})
    void theCompiledProgramIsCompiledAgain(Damage damage) throws Exception {
        damage.to(find("Course.jar"));
        assertTrue(works().contains("/Course.jar is not what jbang has made; compiling again\n"));
        assertEquals("", works());
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTIED", "CUT"})
    void whatJbangKnowsOfArtifactsIsFoundOutAgain(Damage damage) throws Exception {
        damage.to(sandbox.cache().resolveSibling("dependency_cache.json"));
        Files.delete(sandbox.stored());
        var said = works();
        assertTrue(said.contains("/dependency_cache.json was damaged; made a new one\n"), said);
        assertFalse(Files.exists(sandbox.cache().resolveSibling("dependency_cache.json.damaged")));
    }

    @ParameterizedTest
    @EnumSource
    void theStoredLineIsAskedForAgain(Damage damage) throws Exception {
        damage.to(sandbox.stored());
        works();
    }

    /** Nothing is fetched in a test, so what is fetched again is named. */
    @Test
    void aLibraryIsRemovedAndNamed() throws Exception {
        Damage.CUT.to(repository().resolve(ARTIFACT));
        sandbox.with("JBANG_JAVA_OPTIONS", "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9");
        var run = sandbox.jbang("lesson02");
        assertTrue(run.err().contains(ARTIFACT + " is damaged; fetching it again\n"), run.err());
        sandbox.without("JBANG_JAVA_OPTIONS");
        copyFromMaven();
        works();
    }

    @Test
    void aLibraryThatWasOnlyCopiedAnewIsNotFetched() throws Exception {
        Files.setLastModifiedTime(repository().resolve(ARTIFACT), FileTime.from(Instant.now().plusSeconds(2)));
        assertFalse(works().contains("damaged"));
    }

    private String works() {
        var run = sandbox.jbang("lesson02");
        assertEquals("works\n", run.out(), run.err());
        return run.err();
    }

    private Path repository() {
        return sandbox.folder.resolve("repository");
    }

    private void copyFromMaven() throws Exception {
        var jar = Path.of(System.getProperty("java.class.path").replaceFirst("(.*:)?([^:]*xz-1.12.jar).*", "$2"));
        Files.createDirectories(repository().resolve(ARTIFACT).getParent());
        try (var files = Files.list(jar.getParent())) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, repository().resolve(ARTIFACT).resolveSibling(file.getFileName()), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private Path find(String name) throws Exception {
        try (var files = Files.walk(sandbox.cache().resolveSibling("jars"))) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }
}
