package bench;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** From the click on Stop until the cell has stopped; where its process has to end, until the finished cells run again. */
final class StopBench {
    private static final int AT_IT_MS = 400;
    private final NotebookClient notebookClient;
    private final int runs;
    private final Consumer<String> out;

    StopBench(NotebookClient notebookClient, int runs, Consumer<String> out) {
        this.notebookClient = notebookClient;
        this.runs = runs;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        stop("stop: a loop", "java", "long spins = 0;\nwhile (true) { spins++; }");
        stop("stop: Thread.sleep", "java", "Thread.sleep(60_000);");
        stop("stop: pg_sleep in a Java cell", "java", "query(\"select pg_sleep(60)\");");
        stop("stop: pg_sleep in an SQL cell", "sql", "select pg_sleep(60)");
        mend("stop that has to end the process", "Stream.generate(Math::random).allMatch(Double::isFinite);", true);
        mend("process gone by itself", "Runtime.getRuntime().halt(3);", false);
    }

    private void stop(String what, String language, String source) throws IOException, InterruptedException {
        var id = notebookClient.cell(language, source);
        var times = new double[runs];
        for (int i = 0; i < runs; i++) {
            begin(id);
            var start = System.nanoTime();
            notebookClient.post("stop", Map.of());
            times[i] = (notebookClient.await("that " + id + " has stopped", event -> event.isCell(id, "stopped")).at() - start) / 1e9;
        }
        out.accept(new Row(what, times, "≤ 0.1 s").line());
    }

    private void begin(String id) throws IOException, InterruptedException {
        notebookClient.start(id);
        notebookClient.await("that " + id + " runs", event -> event.isCell(id, "running"));
        Thread.sleep(AT_IT_MS);
    }

    private void mend(String what, String source, boolean stop) throws IOException, InterruptedException {
        var id = notebookClient.cell("java", source);
        var gone = new double[runs];
        var begins = new double[runs];
        var through = new double[runs];
        for (int i = 0; i < runs; i++) {
            var start = System.nanoTime();
            if (stop) {
                begin(id);
                start = System.nanoTime();
                notebookClient.post("stop", Map.of());
            } else {
                notebookClient.start(id);
            }
            var killed = notebookClient.await("that the process is gone", event -> event.isCell(id, "stopped") || event.isCell(id, "lost")).at();
            gone[i] = (killed - start) / 1e9;
            begins[i] = (notebookClient.await("a replay", event -> event.word("status").equals("replaying")).at() - killed) / 1e9;
            through[i] = (notebookClient.await("the replay's first cell", event -> event.type().equals("cell") && event.word("status").equals("done")).at() - killed) / 1e9;
            notebookClient.await("the end of the replay", event -> event.type().equals("kernel") && event.word("status").equals("ready"));
            Thread.sleep(AT_IT_MS);
        }
        out.accept(new Row(what + " → gone", gone, "").line());
        out.accept(new Row("  … → replay started", begins, "≤ 1 s").line());
        out.accept(new Row("  … → its first cell has run", through, "").line());
    }
}
