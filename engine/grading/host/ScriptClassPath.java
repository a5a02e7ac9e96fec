package grading.host;

import grading.protocol.WorkerCommand;
import java.nio.file.Path;
import java.util.List;
import lab.LabException;
import lab.os.Scripts;

/** The libraries of an answer that is a script. */
final class ScriptClassPath {
    private ScriptClassPath() { }

    static WorkerCommand.TakeClassPath of(Path answer) {
        try {
            var script = Verification.javaSources(answer).stream().filter(Scripts::isScript).findFirst();
            return new WorkerCommand.TakeClassPath(script.map(Scripts::libraries).orElse(List.of()), "");
        } catch (LabException e) {
            return new WorkerCommand.TakeClassPath(List.of(), e.getMessage());
        }
    }
}
