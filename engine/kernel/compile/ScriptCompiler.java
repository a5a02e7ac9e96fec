package kernel.compile;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles what has libraries of its own into a folder, as jbang does: with the names of parameters, which frameworks ask for. */
public final class ScriptCompiler {
    private ScriptCompiler() { }

    /**
     * Compiles sources and what they use of the first one's folder.
     *
     * @return what the compiler has against them; empty where it has nothing
     */
    public static String compile(List<Path> sources, List<Path> libraries, Path classes) {
        var said = new ByteArrayOutputStream();
        var options = List.of("-proc:none", "-nowarn", "-g", "-parameters", "-d", classes.toString(), "-sourcepath", sources.getFirst().getParent().toString(),
            "-cp", libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        var words = Stream.concat(options.stream(), sources.stream().map(Path::toString)).toArray(String[]::new);
        var code = ToolProvider.getSystemJavaCompiler().run(null, said, said, words);
        return code == 0 ? "" : said.toString(StandardCharsets.UTF_8).strip() + (said.size() == 0 ? "it ended with code " + code : "");
    }
}
