package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jvm.ChildJvm;
import lesson.Home;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A part of the self-check in a JVM of its own")
class SeparateJvmTest {
    @Test @DisplayName("gives back what it found, threads left behind or not")
    void reports() throws Exception {
        assertEquals(List.of(Result.failed("the sky is green", "it is blue")), run(Finds.class, List.of("blue")));
    }

    @Test @DisplayName("is a failure with its exit code where it ends without a report")
    void endsEarly() throws Exception {
        var results = run(EndsEarly.class, List.of());
        assertEquals(List.of(Result.failed("the sky is checked", "its JVM ended with 7 and no report")), results);
    }

    @Test @DisplayName("ends when whoever asked for it is gone")
    void orphaned() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var waiting = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Waits.class.getName()).start();
        assertEquals("waiting", waiting.inputReader().readLine());
        waiting.getOutputStream().close(); // as the system does when a process is killed
        assertTrue(waiting.waitFor(20, TimeUnit.SECONDS), "still there after 20 s");
        assertEquals(1, waiting.exitValue());
    }

    private static List<Result> run(Class<?> program, List<String> arguments) throws Exception {
        return SeparateJvm.run(Home.here(), ChildJvm.likeThis(), "the sky is checked", program, arguments); // with this class path, which has the programs below
    }

    static final class Finds {
        public static void main(String... args) {
            Thread.ofPlatform().start(SeparateJvmTest::waitForEver);
            SeparateJvm.report(Path.of(args[0]), List.of(Result.failed("the sky is green", "it is " + args[1])));
        }
    }

    static final class EndsEarly {
        public static void main(String... args) {
            System.exit(7);
        }
    }

    static final class Waits {
        public static void main(String... args) {
            ChildJvm.endWithParent();
            System.out.println("waiting");
            waitForEver();
        }
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
