package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lesson.Home;
import lesson.Lesson;

/** The notebook: from the command to the page, from a click to what a cell shows, and what it holds. */
final class NotebookBench {
    private static final int READING_MS = 2_000;
    private final Lesson lesson;
    private final int runs;
    private final Consumer<String> out;

    NotebookBench(Home home, int runs, Consumer<String> out) {
        this.lesson = home.lessons().getFirst();
        this.runs = runs;
        this.out = out;
    }

    void run() throws Exception {
        try (var savedNotebook = new SavedNotebook(lesson)) {
            openings();
            try (var notebook = ServedNotebook.start(lesson); var notebookClient = new NotebookClient(notebook.address(), lesson.id())) {
                notebookClient.load();
                notebookClient.open();
                awaitReady(notebookClient);
                new CellBench(lesson, notebookClient, runs, out).run();
                new StopBench(notebookClient, runs, out).run();
                notebookClient.removeCells();
                weigh(notebookClient);
            }
            new PaintTiming(lesson.home(), runs, out).run();
        }
    }

    /** Each in a new process, because only the first page of a process waits for it. */
    private void openings() throws Exception {
        var bare = new double[runs];
        var served = new double[runs];
        var ready = new double[runs];
        var first = new double[runs];
        var fresh = new ProcessMemory(0, 0);
        var used = new ProcessMemory(0, 0);
        ServedNotebook.start(lesson).close();
        for (int i = 0; i < runs; i++) {
            bare[i] = bareJvm();
            var start = System.nanoTime();
            try (var notebook = ServedNotebook.start(lesson); var notebookClient = new NotebookClient(notebook.address(), lesson.id())) {
                notebookClient.load();
                served[i] = (System.nanoTime() - start) / 1e9;
                notebookClient.open();
                var open = System.nanoTime();
                ready[i] = (awaitReady(notebookClient) - open) / 1e9;
                TimeUnit.NANOSECONDS.sleep(TimeUnit.MILLISECONDS.toNanos(READING_MS) - (System.nanoTime() - open));
                fresh = held(notebook);
                first[i] = notebookClient.run(notebookClient.cell("java", CellBench.JAVA.get("a variable")));
                notebookClient.run(notebookClient.cell("sql", "select 1"));
                used = held(notebook);
            }
        }
        var floor = new Row("a JVM that ends at once", bare, "");
        out.accept(floor.line());
        out.accept(new Row("./jbang notebook → page served", served, "≤ 0.8 s").beside(floor));
        out.accept(new Row("page open → database and Java ready", ready, "").line());
        out.accept(new Row("first Java cell, the page open for 2 s", first, "≤ 0.3 s").line());
        if (ProcessMemory.isCounted()) {
            out.accept(fresh.line("memory: host and child, a page open", "≤ 260 MB"));
            out.accept(used.line("memory: host and child, first cells run", "≤ 260 MB"));
        }
    }

    private static double bareJvm() throws IOException, InterruptedException {
        var program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var start = System.nanoTime();
        new ProcessBuilder(program, "-version").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        return (System.nanoTime() - start) / 1e9;
    }

    private static ProcessMemory held(ServedNotebook notebook) throws IOException {
        return ProcessMemory.isCounted() ? ProcessMemory.of(notebook.processes()) : new ProcessMemory(0, 0);
    }

    /** When the last of the two was ready. */
    private static long awaitReady(NotebookClient notebookClient) throws IOException, InterruptedException {
        var left = new HashSet<>(List.of("kernel", "database"));
        return notebookClient.await("that it is ready", event -> {
            if (event.word("status").equals("ready")) {
                left.remove(event.type());
            }
            return left.isEmpty();
        }).at();
    }

    private void weigh(NotebookClient notebookClient) throws IOException, InterruptedException {
        var all = PageWeight.of(notebookClient, "/" + lesson.id() + ".html");
        var sum = all.values().stream().mapToInt(Integer::intValue).sum();
        out.accept(String.format(Locale.ROOT, "%-58s %8.0f KB in %d files, packed  ≤ 300 KB", "weight of a page with all that it loads",
            sum / 1024.0, all.size()));
    }
}
