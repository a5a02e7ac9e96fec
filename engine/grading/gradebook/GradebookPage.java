package grading.gradebook;

import static grading.gradebook.Html.text;
import grading.gradebook.Gradebook.Cell;
import grading.gradebook.Gradebook.Column;
import grading.gradebook.Gradebook.Row;
import grading.submission.SubmissionSignature;
import java.util.Locale;
import java.util.Set;

/** The page of the class: who has passed what, and what the class has not understood. */
final class GradebookPage {
    private static final int MISSES = 3;
    /** A click on a column's head sorts by it, a second one the other way round. What has no value comes last. */
    private static final String SCRIPT = """
        document.querySelectorAll("table.sorted th button").forEach(button => button.addEventListener("click", () => {
          const head = button.closest("th"), body = head.closest("table").tBodies[0], column = head.cellIndex;
          const up = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && !head.classList.contains("n"));
          const value = row => { const cell = row.cells[column], v = cell.dataset.v; return v === undefined ? cell.textContent.trim() : v === "" ? "" : Number(v); };
          const compare = (a, b) => a === "" || b === "" ? (a === "") - (b === "") : (up ? 1 : -1) * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
          const rows = [...body.rows].map(row => [value(row), row]).sort((a, b) => compare(a[0], b[0]));
          head.parentNode.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", up ? "ascending" : "descending");
          body.append(...rows.map(pair => pair[1]));
        }));
        """;
    private final Gradebook book;
    /** Words about a signature that say nothing: who has not signed is told where others have. */
    private final Set<String> untold;
    private final StringBuilder body = new StringBuilder();

    private GradebookPage(Gradebook book) {
        this.book = book;
        var nobody = Set.of("", SubmissionSignature.UNSIGNED);
        var somebodySigned = book.rows().stream().flatMap(row -> row.submissions().stream()).anyMatch(one -> !nobody.contains(one.signature()));
        untold = somebodySigned ? Set.of("") : nobody;
    }

    static String of(Gradebook book) {
        return new GradebookPage(book).page();
    }

    private String page() {
        var submissions = book.rows().stream().mapToInt(row -> row.submissions().size()).sum();
        var absent = book.rows().stream().filter(row -> row.submissions().isEmpty()).count();
        body.append("<p>").append(book.rows().size()).append(" learners, ").append(submissions).append(" submissions; ").append(absent).append(" handed in nothing. The ")
            .append(book.rule().attempt().name().toLowerCase(Locale.ROOT)).append(" attempt counts. Times are those of the learners’ clocks. PostgreSQL ")
            .append(text(String.join(", ", book.postgres()))).append(".</p>\n");
        learners();
        exercises();
        files();
        if (!book.alike().isEmpty()) {
            body.append("<p><a href=\"alike.html\">").append(book.alike().size() == 1 ? "One answer" : book.alike().size() + " answers").append(" that learners have in common</a></p>\n");
        }
        return Html.page("Gradebook", body.toString(), SCRIPT);
    }

    private void learners() {
        body.append("<div class=\"wide\"><table class=\"sorted\"><thead><tr>").append(head("Learner", "")).append(head("Points of " + book.points(), "n"));
        book.columns().forEach(column -> body.append(head(column.exercise().id(), "n")));
        body.append(head("Remarks", "")).append("</tr></thead><tbody>\n");
        book.rows().forEach(this::row);
        body.append("</tbody></table></div>\n");
    }

    private void row(Row row) {
        body.append("<tr><td><a href=\"learners/").append(row.learner().fileName()).append("\">").append(text(row.learner().name())).append("</a><td class=\"n\" data-v=\"")
            .append(row.cells().isEmpty() ? "" : row.points()).append("\">").append(row.cells().isEmpty() ? "" : row.points());
        book.columns().forEach(column -> cell(row.cells().get(column.id())));
        body.append("<td>").append(remarks(row)).append("\n");
    }

    private void cell(Cell cell) {
        if (cell == null) {
            body.append("<td class=n data-v=\"\">");
        } else {
            body.append("<td class=\"n ").append(cell.passed() ? "p" : "f").append("\" data-v=").append(cell.report().score()).append(">")
                .append(cell.passed() ? "✓ " : "✗ ").append(cell.report().score()).append(cell.late() ? " late" : "");
        }
    }

    private String remarks(Row row) {
        var changed = row.submissions().stream().anyMatch(one -> !one.changed().isEmpty());
        var bad = row.submissions().stream().filter(one -> !one.isJudged()).count();
        var signatures = String.join(", ", row.submissions().stream().map(GradedSubmission::signature).filter(words -> !untold.contains(words)).distinct().toList());
        return (row.submissions().isEmpty() ? "handed in nothing " : "") + (bad > 0 ? bad + " not judged " : "") + (changed ? "changed after packing " : "") + text(signatures);
    }

    private void exercises() {
        body.append("<h2>Exercises</h2>\n<table class=\"sorted\"><thead><tr>").append(head("Exercise", "")).append(head("Passed", "n")).append(head("Answered", "n"))
            .append(head("Most missed", "")).append("</tr></thead><tbody>\n");
        for (var column : book.columns()) {
            body.append("<tr><td>").append(text(column.title())).append("<td class=\"n\" data-v=").append(column.passed()).append(">").append(column.passed())
                .append("<td class=\"n\" data-v=").append(column.answered()).append(">").append(column.answered()).append("<td>").append(misses(column)).append("\n");
        }
        body.append("</tbody></table>\n");
    }

    private static String misses(Column column) {
        var lines = new StringBuilder();
        column.misses().stream().limit(MISSES).forEach(miss -> lines.append(miss.learners()).append(" × ").append(text(miss.check())).append("<br>"));
        return lines.toString();
    }

    private void files() {
        if (!book.notJudged().isEmpty()) {
            body.append("<h2>Not judged</h2>\n<table><tbody>\n");
            book.notJudged().forEach(one -> body.append("<tr><td>").append(text(one.file())).append("<td>").append(text(one.problem())).append("\n"));
            body.append("</tbody></table>\n");
        }
        if (!book.tooEarly().isEmpty()) {
            body.append("<p>Packed before what counts: ").append(text(String.join(", ", book.tooEarly().stream().map(GradedSubmission::file).toList()))).append("</p>\n");
        }
    }

    private static String head(String words, String kind) {
        return "<th scope=\"col\" class=\"" + kind + "\"><button>" + text(words) + "</button></th>";
    }
}
