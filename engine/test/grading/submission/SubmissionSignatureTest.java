package grading.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import grading.host.SampleCourse;
import grading.report.Check;
import grading.report.Verdict;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lesson.UnknownName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A submission says who has packed it:")
class SubmissionSignatureTest {
    @TempDir Path folder;
    private final SampleCourse course = new SampleCourse();
    private Path key;

    @BeforeEach void makeKey() throws Exception {
        assumeTrue(Path.of("/usr/bin/ssh-keygen").toFile().exists(), "there is no ssh-keygen here");
        key = key("anna");
    }

    @AfterEach void close() {
        course.close();
    }

    @Test @DisplayName("signed by whom the list of signers names, with a key of nobody, or unsigned")
    void signed() throws Exception {
        var signed = pack(Optional.of(key));
        assertEquals("signed by anna@example.org", signature(signed, Optional.of(signers("anna@example.org", key))));
        assertTrue(signature(signed, Optional.of(signers("ben@example.org", key("ben")))).matches("signed with SHA256:\\S+, a key of nobody in signers"));
        assertTrue(signature(signed, Optional.empty()).matches("signed with SHA256:\\S+"));
        assertEquals("unsigned", signature(pack(Optional.empty()), Optional.of(signers("anna@example.org", key))));
        try (var open = OpenSubmission.of(signed, course.home())) {
            assertEquals(List.of(), open.changed());
        }
    }

    @Test @DisplayName("a signature is broken where anything was changed, with its sums or without, or where it is another's or none")
    void broken() throws Exception {
        var signers = Optional.of(signers("anna@example.org", key));
        assertEquals("signature broken", signature(changed("answers/02-sums/1-sum-up/SumUp.java", "class SumUp { }"), signers));
        assertEquals("signature broken", signature(changed("SHA256SUMS.sig", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"), signers));
        assertEquals("signature broken", signature(changed("SHA256SUMS.sig", "x".repeat(1_000_000)), signers));
        var sums = Files.readString(unzipped(pack(Optional.of(key)), "SHA256SUMS"));
        assertEquals("signature broken", signature(changed("SHA256SUMS", sums + "\n"), signers));
    }

    @Test @DisplayName("a key that cannot sign is named")
    void noKey() throws Exception {
        var none = Files.writeString(folder.resolve("none"), "no key");
        assertTrue(assertThrows(UnknownName.class, () -> pack(Optional.of(none))).getMessage().startsWith("ssh-keygen cannot sign with " + none));
    }

    private Path key(String name) throws Exception {
        var file = folder.resolve(name);
        var process = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file.toString()).inheritIO().start();
        assertEquals(0, process.waitFor());
        return file;
    }

    private Path signers(String name, Path of) throws Exception {
        return Files.writeString(folder.resolve("signers"), name + " namespaces=\"postgres-by-experiment\" " + Files.readString(Path.of(of + ".pub")));
    }

    private Path pack(Optional<Path> with) {
        course.answer(SampleCourse.GOOD);
        var verdict = new Verdict(course.exercise(), course.exercise().folder(), "hash", List.of(Check.rung("compiles", "The answer compiles").passed("", Duration.ZERO)),
            List.of(), "18.6", Duration.ZERO);
        return SubmissionWriter.write(List.of(verdict), folder.resolve("packed"), with);
    }

    private Path changed(String name, String text) throws Exception {
        var file = pack(Optional.of(key));
        try (var zip = FileSystems.newFileSystem(file)) {
            Files.writeString(zip.getPath(name), text);
        }
        return file;
    }

    private Path unzipped(Path file, String name) throws Exception {
        try (var zip = FileSystems.newFileSystem(file)) {
            return Files.writeString(folder.resolve("unzipped"), Files.readString(zip.getPath(name)));
        }
    }

    private String signature(Path file, Optional<Path> signers) {
        try (var open = OpenSubmission.of(file, course.home())) {
            return open.signature(signers);
        }
    }
}
