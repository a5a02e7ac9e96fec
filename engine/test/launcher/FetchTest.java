package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How the pinned jbang comes to a machine that has none; a fake Maven plays the mirror. */
@DisabledOnOs(OS.WINDOWS)
class FetchTest {

    private static final String FETCHING = "jbang: fetching jbang 0.132.1 with Maven (9 MB, once)\n";
    private static final String JAR = "jbang-cli-0.132.1-all.jar";

    private Sandbox sandbox;

    @BeforeEach
    void aMachineWithAJdkAndWithoutJbang() {
        sandbox = new Sandbox();
        sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/jdk-25"), "25.0.3");
    }

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @Test
    void withoutMavenTheLearnerIsToldWhatToInstall() {
        var run = sandbox.jbang("lesson02");
        assertEquals("jbang: found neither jbang nor Maven to fetch it with; install one of them "
                + "(https://www.jbang.dev/download, https://maven.apache.org/install.html)\n", run.err());
        assertEquals(2, run.exit());
    }

    @Test
    void anInstalledJbangIsPreferred() {
        sandbox.installJbang();
        mavenThat("exit 1");
        assertEquals(0, sandbox.jbang("lesson02").exit());
        assertEquals(0, sandbox.callsOf("mvn"));
    }

    @Test
    void anInstalledJbangWithoutAJarBesideItIsCalledAsItIs() {
        sandbox.script(sandbox.bin.resolve("jbang"), "printf '<%s>' \"$@\"; exit 3\n");
        var run = sandbox.jbang("lesson02", "two words", "it's");
        assertEquals("<run><" + sandbox.clone + "/engine/Course.java><lesson02><two words><it's>", run.out());
        assertEquals(3, run.exit());
    }

    @Test
    void anotherCloneOnThePathIsNoInstalledJbang() throws Exception {
        try (var other = new Sandbox("other clone")) {
            sandbox.with("PATH", other.clone + ":" + sandbox.clone + ":" + sandbox.bin);
            assertEquals(2, sandbox.jbang("lesson02").exit());
        }
    }

    @Test
    void whereTheHomeOfTheAccountIsNowhereMavensRepositoryIsInOurs() {
        mavenThat("exit 1");
        sandbox.jbang("lesson02");
        assertEquals(0, sandbox.callsOf("-Dmaven.repo.local="));
        sandbox.script(sandbox.bin.resolve("id"), "echo nobody-of-that-name\n");
        sandbox.jbang("lesson02");
        assertEquals(1, sandbox.callsOf("-Dmaven.repo.local=" + sandbox.home.resolve(".m2/repository")));
    }

    @Test
    void aWrongHashIsRefusedAndTheFileRemovedHereAndFromMavensRepository() {
        mavenThat("echo another >\"$folder/" + JAR + "\"");
        var inRepository = Disk.write(sandbox.home.resolve(".m2/repository/dev/jbang/jbang-cli/0.132.1/" + JAR), "another\n");
        var run = sandbox.jbang("lesson02");
        assertEquals(FETCHING + "jbang: refused dev.jbang:jbang-cli:0.132.1: its SHA-256 is "
                + "33a7b215065f2ee8635efb72620bc269a1efb889ba3026560334da7366742374"
                + " instead of f977075849cff866f45b27997f5671ab8a336a5dd3cf9e702b3479128338f3a7; removed it and ran nothing; "
                + "try again, and if it comes back ask who runs your Maven mirror\n", run.err());
        assertEquals(2, run.exit());
        assertFalse(Files.exists(inRepository));
        assertNothingLeft();
        assertEquals(0, sandbox.callsOf("bin/java"));
    }

    @Test
    void whenMavenFailsItsReasonIsShown() {
        mavenThat("echo '[INFO] hello'; echo '[ERROR] Could not transfer artifact: timed out'; exit 1");
        assertEquals(FETCHING + "jbang: Maven could not fetch dev.jbang:jbang-cli:0.132.1: [ERROR] Could not transfer artifact: timed out; "
                + "mend that (all of it: " + sandbox.cache() + "/maven.log) and try again\n", sandbox.jbang("lesson02").err());
        assertNothingLeft();
    }

    @Test
    void anInterruptedDownloadIsClearedAwayAndBegunAgain() {
        mavenThat("cp '" + RealJbang.jar() + "' \"$folder/" + JAR + "\"");
        Disk.write(sandbox.cache().resolve("fetch/pid"), "99999999\n");
        Disk.write(sandbox.cache().resolve("fetch/" + JAR), "half of i");
        var run = sandbox.jbang("lesson02");
        assertEquals(FETCHING, run.err());
        assertEquals(0, run.exit());
        assertEquals(List.of("clones", JAR, "maven.log"), cached());
    }

    @Test
    void aDamagedJarIsFetchedAgainAndSaid() {
        mavenThat("cp '" + RealJbang.jar() + "' \"$folder/" + JAR + "\"");
        var jar = Disk.write(sandbox.cache().resolve(JAR), "half of i");
        assertEquals("jbang: " + jar + " is damaged; fetching it again\n" + FETCHING, sandbox.jbang("lesson02").err());
        assertTrue(jar.toFile().length() > 9_000_000);
    }

    @Test
    void twoFirstStartsAtOnceFetchOnce() {
        mavenThat("sleep 1; cp '" + RealJbang.jar() + "' \"$folder/" + JAR + "\"");
        var out = sandbox.folder.resolve("out");
        var first = sandbox.in(sandbox.clone, "lesson02").start(out, sandbox.folder.resolve("err"));
        var second = sandbox.jbang("lesson03");
        assertEquals("[lesson03]", second.value("1"));
        assertEquals(0, Command.exitOf(first));
        assertEquals(1, sandbox.callsOf("mvn"));
        assertEquals(1, sandbox.callsOf("dev.jbang.Main run"));
    }

    @Test
    void theMavenRepositoryOfTheUserIsHonoured() {
        mavenThat("exit 1");
        sandbox.with("JBANG_REPO", sandbox.folder.resolve("my repository"));
        sandbox.jbang("lesson02");
        assertEquals(1, sandbox.callsOf("-Dmaven.repo.local=" + sandbox.folder.resolve("my repository")));
    }

    private void mavenThat(String does) {
        sandbox.script(sandbox.bin.resolve("mvn"), """
                printf 'mvn %s\\n' "$*" >>"$SANDBOX/calls.txt"
                for word do case $word in -DoutputDirectory=*) folder=${word#*=} ;; esac; done
                """ + does + "\n");
    }

    private List<String> cached() {
        try (var files = Files.list(sandbox.cache())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNothingLeft() {
        assertEquals(List.of("maven.log"), cached());
    }
}
