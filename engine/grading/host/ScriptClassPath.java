package grading.host;

import grading.protocol.WorkerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import lab.LabException;
import lab.os.IoErrors;
import lab.os.Scripts;
import lab.os.TempFolder;

/** The libraries of an answer that is a script. */
final class ScriptClassPath {
    private static final Pattern LIBRARIES = Pattern.compile("//DEPS( +[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+(@pom)?)+ *");

    private ScriptClassPath() { }

    /** @param ofSomebodyElse whether nothing but the names of its libraries may be believed */
    static WorkerCommand.TakeClassPath of(Path answer, boolean ofSomebodyElse) {
        try {
            var script = Verification.javaSources(answer).stream().filter(Scripts::isScript).findFirst();
            return new WorkerCommand.TakeClassPath(script.map(one -> ofSomebodyElse ? named(one) : Scripts.libraries(one)).orElse(List.of()), "");
        } catch (LabException e) {
            return new WorkerCommand.TakeClassPath(List.of(), e.getMessage());
        }
    }

    /** A script could tell jbang more than that: where libraries come from, which other files belong to it, what to run. */
    private static List<Path> named(Path script) {
        try (var folder = TempFolder.of("libraries")) {
            var lines = Files.readAllLines(script).stream().filter(line -> LIBRARIES.matcher(line).matches()).toList();
            return Scripts.libraries(Files.write(folder.folder().resolve("Libraries.java"), lines));
        } catch (IOException e) {
            throw new LabException("cannot read the libraries of " + script.getFileName() + ": " + IoErrors.describe(e), e);
        }
    }
}
