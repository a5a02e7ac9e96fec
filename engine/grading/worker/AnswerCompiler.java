package grading.worker;

import grading.protocol.WorkerReport.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kernel.compile.ClassCache;
import kernel.compile.JavaCompiler;
import lab.os.Scripts;

/** Compiles the answer alone, then the verifier against it: which of the two fails tells what is wrong. */
final class AnswerCompiler {
    private AnswerCompiler() { }

    /** The classes, or what the compiler refuses. */
    sealed interface Result {
        record Compiled(Map<String, byte[]> answer, Map<String, byte[]> verifier) implements Result {
            /** Those of both; the verifier's where both have a name. */
            Map<String, byte[]> all() {
                var all = new HashMap<>(answer);
                all.putAll(verifier);
                return all;
            }
        }

        record Refused(Stage stage, List<JavaCompiler.Problem> problems) implements Result { }
    }

    static Result compile(List<Path> answer, Path verifier) {
        Map<String, byte[]> classes = Map.of();
        if (!answer.isEmpty()) {
            switch (JavaCompiler.compile(answer, Map.of())) {
                case JavaCompiler.Result.Refused(var problems) -> {
                    return withoutScripts(answer, verifier).orElseGet(() -> new Result.Refused(Stage.ANSWER, problems));
                }
                case JavaCompiler.Result.Compiled(var compiled) -> classes = compiled;
            }
            var packaged = classes.keySet().stream().filter(name -> name.contains(".")).map(name -> name.substring(0, name.lastIndexOf('.'))).findFirst();
            if (packaged.isPresent()) {
                return new Result.Refused(Stage.ANSWER, List.of(inPackage(packaged.get(), answer)));
            }
        }
        try {
            return new Result.Compiled(classes, verifier(verifier, classes));
        } catch (VerifierRefused refused) {
            return new Result.Refused(Stage.VERIFIER, refused.problems);
        }
    }

    /** A script with libraries of its own is compiled when it is started; but not where the verifier calls its classes. */
    private static Optional<Result> withoutScripts(List<Path> answer, Path verifier) {
        var others = answer.stream().filter(file -> !Scripts.isScript(file)).toList();
        return others.size() == answer.size() ? Optional.empty() : Optional.of(compile(others, verifier)).filter(Result.Compiled.class::isInstance);
    }

    /** Verifiers are in no package, from where nothing in a package can be named. */
    private static JavaCompiler.Problem inPackage(String name, List<Path> answer) {
        var line = Pattern.compile("(?m)^\\h*package\\h+" + Pattern.quote(name) + "\\h*;");
        return answer.stream().flatMap(file -> line.matcher(text(file)).results().map(found -> new JavaCompiler.Problem(file,
                text(file).substring(0, found.start()).lines().count() + 1, "take this line out: an answer is in no package", found.group()))).findFirst()
            .orElseGet(() -> new JavaCompiler.Problem(answer.getFirst(), 0, "an answer is in no package, and this one is in " + name, ""));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Map<String, byte[]> verifier(Path verifier, Map<String, byte[]> answer) {
        try {
            var key = ClassCache.key("verifier " + ClassShape.of(answer), List.of(verifier));
            return ClassCache.get(key, () -> switch (JavaCompiler.compile(List.of(verifier), answer, VerifierImports.byName(text(verifier), answer.keySet()))) {
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
