package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class JdkSearchTest {

    private Sandbox sandbox;

    @BeforeEach
    void aMachineWithJbangAndWithoutJava() {
        sandbox = new Sandbox();
        sandbox.installJbang();
    }

    @AfterEach
    void remove() {
        sandbox.close();
    }

    @Test
    void aMachineWithoutJavaIsToldWhatToInstall() {
        sandbox.bin.resolve("jbang").toFile().delete();
        var run = sandbox.jbang("lesson02");
        assertEquals("jbang: found no Java; install a JDK 25 or newer (https://adoptium.net) or set JAVA_HOME to it\n", run.err());
        assertEquals(2, run.exit());
    }

    @Test
    void aJavaOnThePathThatDoesNotStartIsNoJava() {
        sandbox.bin.resolve("jbang").toFile().delete();
        sandbox.script(sandbox.bin.resolve("java"), "exit 1\n");
        assertEquals("jbang: found no Java; install a JDK 25 or newer (https://adoptium.net) or set JAVA_HOME to it\n",
                sandbox.jbang("lesson02").err());
    }

    @Test
    void anInstalledJbangMayFetchItsOwnJavaWhenThereIsNone() {
        assertEquals("called as: jbang run " + sandbox.clone + "/engine/Course.java lesson02 --list\n",
                sandbox.jbang("lesson02", "--list").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/.jbang/currentjdk", "home/.jbang/cache/jdks/25", "home/.sdkman/candidates/java/25.0.3-tem",
        "home/.jdks/temurin-25.0.3", "home/Library/Java/JavaVirtualMachines/jdk-25.jdk/Contents/Home", "system/usr/lib/jvm/jdk-25",
        "system/usr/java/jdk-25", "system/opt/java/openjdk", "system/opt/jdk-25", "system/Library/Java/JavaVirtualMachines/jdk-25.jdk/Contents/Home",
        "system/opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home"})
    void aJdk25IsFoundIn(String place) {
        sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/a-17"), "17.0.15");
        assertFound(sandbox.jdk(sandbox.folder.resolve(place), "25.0.3"));
    }

    @Test
    void aJdk25IsFoundByJavaHome() {
        var jdk = sandbox.jdk(sandbox.folder.resolve("my jdk"), "25");
        sandbox.with("JAVA_HOME", jdk);
        assertFound(jdk);
    }

    @Test
    void aJdk25IsFoundByThePathAndItsLinks() throws Exception {
        var jdk = sandbox.jdk(sandbox.folder.resolve("elsewhere/jdk"), "26-ea");
        Files.createSymbolicLink(sandbox.bin.resolve("javac"), jdk.resolve("bin/javac"));
        assertFound(jdk);
    }

    @Test
    void anOlderJavaHomeIsPassedOver() {
        sandbox.with("JAVA_HOME", sandbox.jdk(sandbox.folder.resolve("jdk17"), "17.0.15"));
        assertFound(sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/jdk-25"), "25.0.3"));
    }

    @Test
    void aRuntimeWithoutCompilerIsPassedOver() {
        var runtime = sandbox.jdk(sandbox.folder.resolve("jre"), "25.0.3");
        runtime.resolve("bin/javac").toFile().delete();
        sandbox.with("JAVA_HOME", runtime);
        assertFound(sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/jdk-25"), "25.0.3"));
    }

    @Test
    void withOnlyAnOlderJdkJbangFetchesANewerOne() {
        var old = sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/a-17"), "17.0.15");
        assertEquals(0, sandbox.jbang("lesson02").exit());
        assertEquals(1, sandbox.callsOf(old + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    }

    @Test
    void whenJbangCannotFetchAJdkTheLearnerIsToldWhatToInstall() {
        var old = sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/a-17"), "17.0.15");
        sandbox.with("JBANG_FAILS", "No suitable JDK was found for requested version: 25");
        var run = sandbox.jbang("lesson02");
        assertEquals("""
                No suitable JDK was found for requested version: 25
                jbang: found no JDK 25 or newer, only JDK 17 in %s, and jbang could not fetch one; install one (https://adoptium.net) or set JAVA_HOME to it
                """.formatted(old), run.err());
        assertEquals(2, run.exit());
    }

    private void assertFound(Path jdk) {
        var run = sandbox.jbang("lesson02");
        assertEquals(jdk.toString(), run.value("java"), run.err());
        assertEquals(jdk.toString(), run.value("java_home"));
    }
}
