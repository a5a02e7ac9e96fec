package cli;

import java.util.concurrent.CompletableFuture;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.jshell.JavaKernel;
import kernel.output.Output;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import lesson.Home;
import lesson.Lesson;
import script.AttachedScript;

/** What a page of the notebook does with Java, so that its JVM and that of its cells can keep the classes for it. */
final class NotebookTraining {
    private static final String[] CELLS = {
        "var one = 1;\nint two = one + 1;\nSystem.out.println(\"two \" + two);\ntwo",
        "record Point(int x, String name) { }\nvar points = List.of(new Point(1, \"a\"), new Point(2, \"b\"));\npoints",
        "int twice(int x) { return 2 * x; }\npoints.stream().mapToInt(p -> twice(p.x())).sum()",
        "int twice(int x) { return x + x; }\ntwice(one)",
        "show(query(\"select 1 as one\"));\nshow(plan(\"select count(*) from pg_class\"));\nexpect(\"one\", 1L, value(Long.class, \"select 1::bigint\"));",
        "show(compare(\"a\", median(2, () -> query(\"select 1\")), \"b\", 1.0));",
        "try (var c = app().connect(); var s = c.createStatement()) { s.execute(\"select 1\"); }",
        "query(\"select nothing\");", "int bad = \"a\".lenght();", "throw new IllegalStateException(\"x\");"};

    private NotebookTraining() { }

    static void run(Home home) {
        home.lessons().stream().findFirst().ifPresent(NotebookTraining::run);
    }

    private static void run(Lesson lesson) {
        var opening = CompletableFuture.supplyAsync(() -> Providers.open("embedded", Progress.SILENT), Thread.ofVirtual()::start);
        try (var kernel = JavaKernel.start(AttachedScript.setup(lesson, opening::join))) {
            for (var cell : CELLS) {
                kernel.run(new Cell("training", Cell.Language.JAVA, cell, Role.APP, "", ""), new SilentListener(() -> { }));
                JavaKernel.names(cell);
            }
            kernel.complete("points.str", 10);
            kernel.describe("\"a\".substring(", 14);
            kernel.value("one");
            var stopping = new SilentListener(() -> Thread.ofVirtual().start(kernel::stop));
            kernel.run(new Cell("training", Cell.Language.JAVA, "System.out.println();\nwhile (true) { }", Role.APP, "", ""), stopping);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            opening.join().close();
        }
    }

    /** Takes what cells show, and does nothing with it. */
    private record SilentListener(Runnable printing) implements CellListener {
        @Override public void shown(Output output) { }

        @Override public void printed(String stream, String text) {
            printing.run();
        }
    }
}
