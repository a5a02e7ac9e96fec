package script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kernel.compile.ClassCache;
import kernel.compile.JavaCompiler;
import kernel.compile.MemoryLoader;
import lesson.Lesson;

/** The compiled program of a lesson. Compiled again whenever its source or the engine is another one. */
public final class LessonProgram {
    private final Lesson lesson;
    private final Map<String, byte[]> classes;

    private LessonProgram(Lesson lesson, Map<String, byte[]> classes) {
        this.lesson = lesson;
        this.classes = classes;
    }

    /** @throws DoesNotCompile with the compiler's words, if the lesson's source is wrong */
    public static LessonProgram of(Lesson lesson) {
        try {
            var key = ClassCache.key("lesson", List.of(lesson.program()));
            return new LessonProgram(lesson, ClassCache.get(key, () -> compile(lesson.program())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lesson.program(), e);
        }
    }

    private static Map<String, byte[]> compile(Path source) {
        return switch (JavaCompiler.compile(List.of(source), Map.of())) {
            case JavaCompiler.Result.Compiled(var classes) -> {
                classes.replaceAll((name, bytes) -> Weaver.weave(bytes, classes));
                yield classes;
            }
            case JavaCompiler.Result.Refused(var problems) -> throw new DoesNotCompile(problems);
        };
    }

    /** Runs the program's main method in this thread. What it throws comes out as it is. */
    public void run() throws Exception {
        var loader = new MemoryLoader(classes, LessonProgram.class.getClassLoader());
        var main = loader.loadClass("lesson" + lesson.number());
        var method = main.getDeclaredMethod("main", String[].class);
        var constructor = main.getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            method.invoke(constructor.newInstance(), (Object) new String[0]);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case EndOfLesson end -> { }
                case Exception failure -> throw failure;
                case Throwable failure -> throw e;
            }
        }
    }

    /** The source of a lesson is wrong. */
    public static final class DoesNotCompile extends RuntimeException {
        DoesNotCompile(List<JavaCompiler.Problem> problems) {
            super("the lesson does not compile:\n" + String.join("\n", problems.stream().map(Object::toString).toList()));
        }
    }
}
