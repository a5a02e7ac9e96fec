package bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import lab.Progress;
import lab.provider.Providers;
import lesson.Lesson;

/** Cells on a page that is warm, in turn with the same code where nothing is around it. */
final class CellBench {
    static final Map<String, String> JAVA = java(
        "a variable", "int answer = 6 * 7;\nanswer",
        "a record and a stream", """
            record Point(int x, String name) { }
            var points = List.of(new Point(1, "a"), new Point(2, "b"));
            points.stream().mapToInt(Point::x).sum()""",
        "a method that prints", """
            String greet(String name) { return "Hello " + name; }
            System.out.println(greet("you"));""");
    private static final String SQL = "select relname, relkind, relpages from pg_class order by relname limit 20";
    private static final int WARMING = 3;
    private final Lesson lesson;
    private final NotebookClient notebookClient;
    private final int runs;
    private final Consumer<String> out;

    CellBench(Lesson lesson, NotebookClient notebookClient, int runs, Consumer<String> out) {
        this.lesson = lesson;
        this.notebookClient = notebookClient;
        this.runs = runs;
        this.out = out;
    }

    private static Map<String, String> java(String... pairs) {
        var cells = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            cells.put(pairs[i], pairs[i + 1]);
        }
        return cells;
    }

    /** What takes its time. */
    private interface Timed {
        /** How long one run took. */
        double seconds() throws Exception;
    }

    void run() throws Exception {
        try (var raw = new RawShell(lesson)) {
            for (var each : JAVA.entrySet()) {
                var id = notebookClient.cell("java", each.getValue());
                alternate("JShell in process: " + each.getKey(), () -> raw.eval(each.getValue()),
                    "Java cell: " + each.getKey(), () -> notebookClient.run(id), 40);
            }
        }
        try (var lab = Providers.open("embedded", Progress.SILENT); var connection = lab.lessonDatabase().app().connect()) {
            var id = notebookClient.cell("sql", SQL);
            alternate("JDBC: 20 rows", () -> read(connection), "SQL cell: the same 20 rows", () -> notebookClient.run(id), 25);
        }
        out.accept("– beside plain JShell: no Jupyter with a kernel for Java is measured");
    }

    private void alternate(String floorName, Timed floor, String name, Timed cell, int most) throws Exception {
        var bare = new double[runs];
        var times = new double[runs];
        for (int i = -WARMING; i < runs; i++) {
            var least = floor.seconds();
            var time = cell.seconds();
            if (i >= 0) {
                bare[i] = least;
                times[i] = time;
            }
        }
        var row = new Row(floorName, bare, "");
        out.accept(row.line());
        out.accept(new Row(name, times, "≤ + " + most + " ms").above(row));
    }

    private static double read(Connection connection) throws SQLException {
        var start = System.nanoTime();
        try (var statement = connection.createStatement(); var result = statement.executeQuery(SQL)) {
            while (result.next()) {
                for (int i = 1; i <= 3; i++) {
                    result.getString(i);
                }
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
