package grading.host;

import grading.AnswerProgram;
import grading.protocol.WorkerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import lab.LabException;
import lab.os.Artifacts;

/** The libraries of an answer that is a script, found by jbang and fetched where they have to be. */
final class ScriptClassPath {
    /** jbang takes seconds, and an answer is judged again and again. */
    private static final Map<String, List<Path>> FOUND = new ConcurrentHashMap<>();

    private ScriptClassPath() { }

    static WorkerCommand.TakeClassPath of(Path answer) {
        try {
            var script = Verification.javaSources(answer).stream().filter(AnswerProgram::isScript).findFirst();
            return new WorkerCommand.TakeClassPath(script.map(ScriptClassPath::jars).orElse(List.of()), "");
        } catch (LabException e) {
            return new WorkerCommand.TakeClassPath(List.of(), e.getMessage());
        }
    }

    private static List<Path> jars(Path script) {
        return FOUND.computeIfAbsent(directives(script), lines -> Artifacts.classPath(script.toAbsolutePath().toString()).stream()
            .filter(jar -> !jar.endsWith(script.getFileName().toString().replace(".java", ".jar"))).toList()); // its own, if it was ever built
    }

    /** The lines that jbang reads. */
    private static String directives(Path script) {
        try (var lines = Files.lines(script)) {
            return lines.filter(line -> line.matches("//[A-Z_]+ .*")).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script, e);
        }
    }
}
