package grading.sandbox;

import grading.host.SampleCourse;
import grading.host.VerificationService;
import grading.report.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import lab.Progress;
import lesson.Exercise;

/** A course whose answers attack what is around them, and say what they saw. */
final class AttackedCourse implements AutoCloseable {
    private static final String VERIFIER = """
        import grading.*;
        import org.junit.jupiter.api.*;

        class SumUpTest {
            @Test @DisplayName("It sees nothing") void sums(Clone db) throws Exception {
                for (var login : java.util.List.of(db.app(), db.owner(), db.observer())) {
                    SumUp.logins.add(new String[] {login.url(), login.user(), login.password()});
                }
                Expect.equal("What it saw", "nothing", SumUp.seen(), "");
            }
        }
        """;
    private static final String ANSWER = """
        import java.io.*;
        import java.net.*;
        import java.nio.*;
        import java.nio.channels.*;
        import java.nio.file.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.stream.*;

        public class SumUp {
            /** Address, user and password of each role. */
            public static final List<String[]> logins = new ArrayList<>();

            static Set<Path> files(Path folder) {
                var found = new TreeSet<Path>();
                var entries = folder.toFile().listFiles();
                for (var entry : entries == null ? new File[0] : entries) {
                    if (entry.isFile() && entry.canRead()) { found.add(entry.toPath()); }
                    if (entry.isDirectory() && !Files.isSymbolicLink(entry.toPath())) { found.addAll(files(entry.toPath())); }
                }
                return found;
            }

            static String shell(String script) throws Exception {
                var process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
                return new String(process.getInputStream().readAllBytes()).strip();
            }

            static String orNothing(Object... seen) {
                var text = Stream.of(seen).map(Object::toString).collect(Collectors.joining(" "));
                return text.replace("[]", "").isBlank() ? "nothing" : text;
            }

            public static String seen() throws Exception {
                %s
            }
        }
        """;
    private final SampleCourse course = new SampleCourse();
    private final VerificationService service;

    AttackedCourse(Sandbox sandbox) {
        course.write("verify/02-sums/SumUpTest.java", VERIFIER);
        course.write("verify/02-sums/starter/1-sum-up/SumUp.java", ANSWER.formatted("return \"nothing\";"));
        service = VerificationService.openForOthers("embedded", Progress.SILENT, sandbox);
    }

    /** What an answer with these statements says that it saw; "nothing" where it saw nothing. */
    String seenBy(String statements) throws Exception {
        course.answer(ANSWER.formatted(statements));
        var verdict = service.verify(exercise(), exercise().folder());
        return verdict.firstBad().map(Check::cause).map(cause -> cause.actual().isEmpty() ? cause.message() : cause.actual().replaceAll("^\"|\"$", "")).orElse("nothing");
    }

    /** The same, while a clone waits for the next answer. */
    String seenBesideAnother(String statements) throws Exception {
        var preparing = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                service.prepare(exercise()); // the first may be taken for this answer
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        });
        try {
            return seenBy(statements);
        } finally {
            preparing.interrupt();
            preparing.join();
        }
    }

    /** Whoever comes next has a JVM and a sandbox of their own. */
    void nextLearner() {
        service.nextLearner();
    }

    /** As a string in Java. */
    static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\") + '"';
    }

    Exercise exercise() {
        return course.exercise();
    }

    Path root() throws Exception {
        return course.root().toRealPath();
    }

    Path secret() throws Exception {
        return Files.writeString(root().resolve("secret.txt"), "the secret");
    }

    @Override public void close() {
        service.close();
        course.close();
    }
}
