package script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kernel.compile.Members;
import kernel.jshell.Setup;
import kernel.jshell.child.Page;
import kernel.output.Output;
import kernel.output.OutputJson;
import lab.Lab;
import lab.net.Attachment;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;

/**
 * A lesson's words for the cells of a page: in the page's own JVM, on the lab of the process that serves it. Everything of
 * {@link Script} works there, and what it shows goes to the page.
 */
public final class Attached {
    private Attached() { }

    /**
     * What the Java of a lesson's page begins with.
     *
     * @param lab asked for once, in a thread of the kernel; may wait until the server has started
     */
    public static Setup setup(Lesson lesson, Supplier<Lab> lab) {
        var imports = new ArrayList<>(List.of("import module java.base;"));
        imports.addAll(Program.imports(lesson.program()));
        imports.add("import static script.Script.*;");
        return new Setup(imports.stream().distinct().toList(), Attached.class.getName(), () -> handed(lesson, lab.get()),
            Members.besidesMain(lesson.program()), Setup.USUAL_HEAP_MB);
    }

    private static Map<String, String> handed(Lesson lesson, Lab lab) {
        var words = new HashMap<>(Attachment.of(lab.server()));
        words.putAll(Map.of("home", lesson.home().root().toString(), "number", lesson.number(), "topic", lesson.topic()));
        return words;
    }

    /** Called in the child, once, with what the host has handed over. */
    public static void attach(Map<String, String> words) {
        LogLines.collect();
        var lesson = new Lesson(new Home(Path.of(words.get("home"))), words.get("number"), words.get("topic"));
        var run = new Run(lesson, Lab.attached(Attachment.of(words)), new OnPage());
        Page.onCell(run::enter);
        Thread.ofPlatform().daemon().name("warm-up").start(() -> warmUp(run));
    }

    /** The first connection and the first output of a JVM take many times longer than the next. */
    private static void warmUp(Run run) {
        OutputJson.bytes(new Output.Text(""));
        try (var first = run.database().app().connect(); var statement = first.createStatement()) {
            statement.execute("select 1");
        } catch (java.sql.SQLException e) {
            // said by the first cell that connects
        }
    }

    /** What is shown goes to the page; the page itself knows which step runs. */
    private static final class OnPage implements Stage {
        @Override public void opened(Lesson lesson) { }

        @Override public void progress(String line) { }

        @Override public void connected(String server) { }

        @Override public void entered(Run run, String step) { }

        @Override public void shown(Output output) {
            Page.show(output);
        }

        @Override public void left(Run run, String step) { }

        @Override public void closed() { }
    }
}
