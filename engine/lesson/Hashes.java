package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** SHA-256 of files. */
public final class Hashes {
    private Hashes() { }

    /** In lower-case hexadecimal digits, as all of these. */
    public static String of(byte[] bytes) {
        return DigestUtils.sha256Hex(bytes);
    }

    /** Of names and contents. A file that vanishes meanwhile counts as one that is not there. */
    static String of(List<Path> files) {
        var digest = DigestUtils.getSha256Digest();
        for (var file : files) {
            try {
                var bytes = Files.readAllBytes(file);
                digest.update((file.getFileName() + "\n" + bytes.length + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(bytes);
            } catch (NoSuchFileException e) {
                digest.update((byte) 0);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What an answer was at a moment. */
    public static String ofAnswer(Path folder) {
        return of(Exercise.answerFiles(folder));
    }

    /** What judged it: verifier and preparation. */
    public static String ofVerifier(Exercise exercise) {
        return of(java.util.stream.Stream.concat(java.util.stream.Stream.of(exercise.verifier()), exercise.preparation().stream()).toList());
    }
}
