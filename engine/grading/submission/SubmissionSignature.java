package grading.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kernel.output.VisibleText;
import lab.os.Processes;
import lab.os.TempFolder;
import lesson.UnknownName;

/**
 * Who has packed a submission, by an SSH key as git uses it: {@code ssh-keygen} signs the sums, which name every other file, and says whose
 * signature it is. Keys and the list of those who may sign are OpenSSH's (ssh-keygen(1), ALLOWED SIGNERS).
 */
public final class SubmissionSignature {
    public static final String UNSIGNED = "unsigned";
    public static final String BROKEN = "signature broken";
    private static final String NAMESPACE = "postgres-by-experiment";
    private static final Pattern KEY = Pattern.compile("SHA256:[A-Za-z0-9+/=]+");
    private static final int MOST_BYTES = 16 * 1024;
    /** A person may have to type a passphrase. */
    private static final Duration TO_SIGN = Duration.ofMinutes(2);
    private static final Duration TO_CHECK = Duration.ofSeconds(20);

    private SubmissionSignature() { }

    /** @throws UnknownName where the key cannot sign, with what ssh-keygen says */
    static byte[] make(Path key, byte[] sums) {
        return inFolder(folder -> {
            var file = Files.write(folder.resolve("sums"), sums);
            var said = run(TO_SIGN, file, List.of("-Y", "sign", "-f", key.toString(), "-n", NAMESPACE, file.toString()));
            if (said.failed() || !Files.exists(folder.resolve("sums.sig"))) {
                throw new UnknownName("ssh-keygen cannot sign with " + key + ": " + said.text().strip());
            }
            return Files.readAllBytes(folder.resolve("sums.sig"));
        });
    }

    /**
     * "signed by anna@example.org", "unsigned", "signature broken", or "signed with SHA256:…" where nobody says whose key that is.
     *
     * @param signers names keys and whose they are
     */
    static String check(SubmissionReader.Read read, Optional<Path> signers) {
        if (read.signature().isEmpty()) {
            return UNSIGNED;
        }
        if (!read.tampered().isEmpty() || read.signature().get().length > MOST_BYTES) {
            return BROKEN;
        }
        return inFolder(folder -> {
            var sums = Files.write(folder.resolve("sums"), read.sums());
            var signature = Files.write(folder.resolve("sums.sig"), read.signature().get()).toString();
            var valid = run(TO_CHECK, sums, List.of("-Y", "check-novalidate", "-n", NAMESPACE, "-s", signature));
            return valid.failed() ? BROKEN : signers.isEmpty() ? unknown(valid) : by(signers.get(), sums, signature, valid);
        });
    }

    private static String by(Path signers, Path sums, String signature, Said valid) throws IOException {
        var found = run(TO_CHECK, sums, List.of("-Y", "find-principals", "-f", signers.toString(), "-s", signature));
        if (found.failed() || found.text().isBlank()) {
            return unknown(valid) + ", a key of nobody in " + signers.getFileName();
        }
        var name = found.text().lines().findFirst().orElseThrow().strip();
        var checked = run(TO_CHECK, sums, List.of("-Y", "verify", "-f", signers.toString(), "-I", name, "-n", NAMESPACE, "-s", signature));
        return checked.failed() ? BROKEN : "signed by " + VisibleText.of(name);
    }

    private static String unknown(Said valid) {
        return "signed with " + KEY.matcher(valid.text()).results().map(found -> found.group()).findFirst().orElse("a key");
    }

    private record Said(boolean failed, String text) { }

    private static Said run(Duration limit, Path input, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(arguments);
        var output = input.resolveSibling("said");
        try {
            var process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            var ended = Processes.endsWithin(limit, process);
            return new Said(!ended || process.exitValue() != 0, Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ssh-keygen ran", e);
        } catch (java.nio.charset.CharacterCodingException e) {
            return new Said(true, "");
        }
    }

    private interface Work<R> {
        R in(Path folder) throws IOException;
    }

    private static <R> R inFolder(Work<R> work) {
        try (var temporary = TempFolder.of("signature")) {
            return work.in(temporary.folder());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use ssh-keygen, which signatures need", e);
        }
    }
}
