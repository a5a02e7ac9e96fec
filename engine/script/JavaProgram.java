package script;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jvm.ChildJvm;
import jvm.EndsWithParent;
import kernel.compile.ScriptCompiler;
import lab.os.Scripts;

/**
 * A program beside a lesson, compiled: its sources are those that {@code java Main.java} would take, the file and what it uses of its
 * folder. Where it has lines {@code //DEPS} of its own, it has the libraries, sources and files that jbang would give it, and not ours.
 */
record JavaProgram(String main, List<Path> classPath) {

    /** @param classes an empty folder */
    static JavaProgram compile(Path main, Path classes) {
        var name = main.getFileName().toString().replaceFirst("\\.java$", "");
        if (!Scripts.isScript(main)) {
            var ours = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
            compile(List.of(main), ours, classes);
            return new JavaProgram(name, Stream.concat(ours.stream(), Stream.of(classes)).toList());
        }
        var libraries = Scripts.libraries(main);
        compile(Stream.concat(Stream.of(main), Scripts.named(main, "SOURCES").stream()).toList(), libraries, classes);
        Scripts.named(main, "FILES").forEach(file -> copy(file, classes));
        Stream.of(EndsWithParent.class, ChildJvm.class).forEach(ours -> copy(ours, classes));
        return new JavaProgram(name, Stream.concat(Stream.of(classes), libraries.stream()).toList());
    }

    private static void compile(List<Path> sources, List<Path> libraries, Path classes) {
        var problems = ScriptCompiler.compile(sources, libraries, classes);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(sources.getFirst() + " does not compile:\n" + problems);
        }
    }

    private static void copy(Path file, Path classes) {
        try {
            Files.copy(file, classes.resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + file, e);
        }
    }

    private static void copy(Class<?> ours, Path classes) {
        var name = ours.getName().replace('.', '/') + ".class";
        try (var bytes = ours.getResourceAsStream("/" + name)) {
            Files.createDirectories(classes.resolve(name).getParent());
            Files.copy(bytes, classes.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + name, e);
        }
    }

    /** The command that runs it, until it ends or this JVM does. */
    ProcessBuilder command(List<String> options) {
        return ChildJvm.plain().with(options).on(classPath).running(EndsWithParent.class, List.of(main));
    }
}
