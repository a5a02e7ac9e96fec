package book.build.site;

import book.build.live.Live;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/** The room {@code book.build.live} and what it uses of the engine, as one module of JavaScript. */
final class LiveScript {
    private LiveScript() { }

    /** Writes it. */
    static void write(Path file) throws IOException {
        var compiler = new TeaVMTool();
        compiler.setClassLoader(Live.class.getClassLoader());
        compiler.setMainClass(Live.class.getName());
        compiler.setTargetType(TeaVMTargetType.JAVASCRIPT);
        compiler.setJsModuleType(JSModuleType.ES2015);
        compiler.setObfuscated(true);
        compiler.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        compiler.setTargetDirectory(file.getParent().toFile());
        compiler.setTargetFileName(file.getFileName().toString());
        try {
            compiler.generate();
        } catch (TeaVMToolException e) {
            throw new IOException("cannot compile book.build.live to JavaScript: " + e.getMessage(), e);
        }
        var problems = compiler.getProblemProvider().getSevereProblems();
        if (!problems.isEmpty()) {
            throw new IOException("cannot compile book.build.live to JavaScript:\n" + problems.stream()
                .map(problem -> problem.getText() + " " + Arrays.toString(problem.getParams()) + (problem.getLocation() == null ? "" : " in " + problem.getLocation().getMethod()))
                .collect(Collectors.joining("\n")));
        }
    }
}
