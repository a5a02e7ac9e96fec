package script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kernel.compile.Members;
import kernel.jshell.KernelSetup;
import kernel.jshell.child.HostPage;
import kernel.output.Output;
import kernel.output.OutputJson;
import lab.Lab;
import lab.net.ServerProperties;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;

/**
 * A lesson's words for the cells of a page: in the page's own JVM, on the lab of the process that serves it. Everything of
 * {@link Script} works there, and what it shows goes to the page.
 */
public final class AttachedScript {
    private AttachedScript() { }

    /**
     * What the Java of a lesson's page begins with.
     *
     * @param lab asked for once, in a thread of the kernel; may wait until the server has started
     */
    public static KernelSetup setup(Lesson lesson, Supplier<Lab> lab) {
        var imports = new ArrayList<>(List.of("import module java.base;"));
        imports.addAll(Program.imports(lesson.program()));
        imports.add("import static script.Script.*;");
        return new KernelSetup(imports.stream().distinct().toList(), AttachedScript.class.getName(), () -> handed(lesson, lab.get()),
            Members.besidesMain(lesson.program()), KernelSetup.USUAL_HEAP_MB);
    }

    private static Map<String, String> handed(Lesson lesson, Lab lab) {
        var words = new HashMap<>(ServerProperties.of(lab.server()));
        words.putAll(Map.of("home", lesson.home().root().toString(), "number", lesson.number(), "topic", lesson.topic()));
        return words;
    }

    /** Called in the child, once, with what the host has handed over. */
    public static void attach(Map<String, String> words) {
        LogLines.collect();
        var lesson = new Lesson(new Home(Path.of(words.get("home"))), words.get("number"), words.get("topic"));
        var run = new LessonRun(lesson, Lab.attached(ServerProperties.of(words)), new OnPage());
        HostPage.onCell(run::enter);
        Thread.ofPlatform().daemon().name("warm-up").start(() -> warmUp(run));
    }

    /** The first connection and the first output of a JVM take many times longer than the next. */
    private static void warmUp(LessonRun run) {
        OutputJson.bytes(new Output.Text(""));
        try (var first = run.database().app().connect(); var statement = first.createStatement()) {
            statement.execute("select 1");
        } catch (java.sql.SQLException e) {
            // said by the first cell that connects
        }
    }

    /** What is shown goes to the page; the page itself knows which step runs. */
    private static final class OnPage implements LessonView {
        @Override public void opened(Lesson lesson) { }

        @Override public void progress(String line) { }

        @Override public void connected(String server) { }

        @Override public void entered(LessonRun run, String step) { }

        @Override public void shown(Output output) {
            HostPage.show(output);
        }

        @Override public void left(LessonRun run, String step) { }

        @Override public void closed() { }
    }
}
