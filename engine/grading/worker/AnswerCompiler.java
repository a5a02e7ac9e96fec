package grading.worker;

import grading.protocol.WorkerReport.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kernel.compile.ClassCache;
import kernel.compile.JavaCompiler;

/** Compiles the answer alone, then the verifier against it: which of the two fails tells what is wrong. */
final class AnswerCompiler {
    private AnswerCompiler() { }

    /** The classes, or what the compiler refuses. */
    sealed interface Result {
        /** @param verifier the verifier's own classes, which are in {@code all} too */
        record Compiled(Map<String, byte[]> all, Map<String, byte[]> verifier) implements Result { }

        record Refused(Stage stage, List<JavaCompiler.Problem> problems) implements Result { }
    }

    static Result compile(List<Path> answer, Path verifier) {
        Map<String, byte[]> classes = Map.of();
        if (!answer.isEmpty()) {
            switch (JavaCompiler.compile(answer, Map.of())) {
                case JavaCompiler.Result.Refused(var problems) -> {
                    return new Result.Refused(Stage.ANSWER, problems);
                }
                case JavaCompiler.Result.Compiled(var compiled) -> classes = compiled;
            }
        }
        try {
            var checks = verifier(verifier, classes);
            var all = new HashMap<>(classes);
            all.putAll(checks);
            return new Result.Compiled(all, checks);
        } catch (VerifierRefused refused) {
            return new Result.Refused(Stage.VERIFIER, refused.problems);
        }
    }

    private static Map<String, byte[]> verifier(Path verifier, Map<String, byte[]> answer) {
        try {
            var key = ClassCache.key("verifier " + ClassShape.of(answer), List.of(verifier));
            return ClassCache.get(key, () -> switch (JavaCompiler.compile(List.of(verifier), answer)) {
                case JavaCompiler.Result.Compiled(var compiled) -> compiled;
                case JavaCompiler.Result.Refused(var problems) -> throw new VerifierRefused(problems);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + verifier, e);
        }
    }

    private static final class VerifierRefused extends RuntimeException {
        private final transient List<JavaCompiler.Problem> problems;

        VerifierRefused(List<JavaCompiler.Problem> problems) {
            this.problems = problems;
        }
    }
}
