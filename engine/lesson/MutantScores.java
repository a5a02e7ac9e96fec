package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the verifiers of a lesson did against mutants of the solutions when somebody recorded it:
 * {@code verify/NN-topic/mutants.out}, written by {@code record --mutants} and by nobody else.
 */
public record MutantScores(String lesson, List<Score> exercises) {
    private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
        .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))).build();

    /**
     * @param exercise   "3-tenant-context"
     * @param killed     mutants that the verifier refuses
     * @param total      mutants that are code, and not equivalent to the solution
     * @param equivalent mutants that pass, with a reason
     * @param source     the {@link #fingerprint} of what was judged, and by what
     */
    public record Score(String exercise, int killed, int total, int equivalent, String source) { }

    /** What was recorded; nothing where nobody did yet. */
    public static Optional<MutantScores> of(Lesson lesson) {
        var file = file(lesson);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PRETTY.readValue(Files.readString(file), MutantScores.class));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JacksonException broken) {
            throw new UncheckedIOException(new IOException(file + " is no record of scores: " + broken.getOriginalMessage()
                + ". Record it again with ./jbang record --mutants " + lesson.number(), broken));
        }
    }

    /** Where the scores of a lesson are recorded. */
    public static Path file(Lesson lesson) {
        return lesson.home().root().resolve("verify").resolve(lesson.id()).resolve("mutants.out");
    }

    /** The score of an exercise, if it was recorded for the solution and the verifier that are there now. */
    public static Optional<Score> of(Exercise exercise) {
        return of(exercise.lesson()).flatMap(scores -> scores.exercises().stream()
            .filter(score -> score.exercise().equals(exercise.folderName()) && score.source().equals(fingerprint(exercise))).findFirst());
    }

    /** Replaces what was recorded. Throws {@link UncheckedIOException} where that cannot be written. */
    public void write(Lesson lesson) {
        try {
            Files.writeString(file(lesson), PRETTY.writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file(lesson), e);
        }
    }

    /** A short hash of solution, verifier and preparation. */
    public static String fingerprint(Exercise exercise) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var files = Stream.of(Exercise.answerFiles(exercise.solution()).stream(), Stream.of(exercise.verifier()), exercise.preparation().stream());
            for (var file : files.flatMap(some -> some).toList()) {
                digest.update((file.getFileName() + "\n" + Files.readString(file)).replace("\r", "").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the files of exercise " + exercise.id(), e);
        }
    }
}
