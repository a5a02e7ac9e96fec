package grading.gradebook;

import grading.gradebook.Gradebook.Column;
import grading.gradebook.Gradebook.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A gradebook with the columns by which a learning platform finds its users again. Nobody's points are empty, not 0, where nothing was judged. */
final class GradebookCsv {
    private GradebookCsv() { }

    /** Moodle asks at the import which column is what: "ID number" or "Email address" finds the user, each exercise is a grade item. */
    static String moodle(Gradebook gradebook) {
        return table(gradebook, List.of("Name", "ID number", "Email address"), List.of(), List.of("Late"), row ->
            List.of(row.learner().name(), row.learner().id(), row.learner().email()), row -> List.of(row.isLate() ? "late" : ""));
    }

    /** Canvas wants its own columns in their order, in the second line what can be had, and takes every column after "Section" for an assignment. */
    static String canvas(Gradebook gradebook) {
        return table(gradebook, List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section"), List.of("    Points Possible", "", "", "", ""), List.of(), row ->
            List.of(row.learner().name(), "", row.learner().id(), row.learner().email(), ""), row -> List.of());
    }

    private interface Fields {
        List<String> of(Row row);
    }

    /** @param possible the first fields of a line with the points that can be had; none for no such line */
    private static String table(Gradebook gradebook, List<String> first, List<String> possible, List<String> last, Fields before, Fields after) {
        var total = possible.isEmpty() ? List.of("Total") : List.<String>of();
        var lines = new StringBuilder(Csv.line(joined(first, gradebook.columns().stream().map(Column::title).toList(), total, last)));
        if (!possible.isEmpty()) {
            lines.append(Csv.line(joined(possible, gradebook.columns().stream().map(column -> String.valueOf(column.points())).toList())));
        }
        for (var row : gradebook.rows()) {
            var points = gradebook.columns().stream().map(column -> points(row, column)).toList();
            var sum = total.isEmpty() ? List.<String>of() : List.of(row.cells().isEmpty() ? "" : String.valueOf(row.points()));
            lines.append(Csv.line(joined(before.of(row), points, sum, after.of(row))));
        }
        return lines.toString();
    }

    private static String points(Row row, Column column) {
        var cell = row.cells().get(column.id());
        return cell == null ? "" : String.valueOf(cell.report().score());
    }

    @SafeVarargs private static List<String> joined(List<String>... parts) {
        return List.of(parts).stream().flatMap(List::stream).collect(Collectors.toCollection(ArrayList::new));
    }
}
