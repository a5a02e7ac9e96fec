package grading.gradebook;

import static grading.gradebook.Html.text;
import grading.gradebook.Gradebook.Cell;
import grading.gradebook.Gradebook.Row;
import grading.report.Report;

/** The page of one learner: what was handed in, and the ladder of each answer that counts. */
final class LearnerPage {
    private LearnerPage() { }

    static String of(Row row, Gradebook book) {
        var body = new StringBuilder("<p>" + text(row.learner().id() + " " + row.learner().email()).strip() + "</p>\n");
        body.append(row.submissions().isEmpty() ? "<p>Handed in nothing.</p>\n" : "<p>" + row.points() + " of " + book.points() + " points.</p>\n");
        for (var column : book.columns()) {
            var cell = row.cells().get(column.id());
            if (cell != null) {
                ladder(column.title(), cell, body);
            }
        }
        if (!row.submissions().isEmpty()) {
            body.append("<h2>Handed in</h2>\n<ul>\n");
            row.submissions().forEach(one -> submission(one, body));
            body.append("</ul>\n");
        }
        return Html.page(row.learner().name(), body.toString(), "");
    }

    private static void submission(GradedSubmission one, StringBuilder body) {
        body.append("<li>").append(text(one.file())).append(one.created().isEmpty() ? "" : ", packed " + text(one.created()));
        body.append(one.signature().isEmpty() ? "" : ", " + text(one.signature()));
        if (!one.isJudged()) {
            body.append("<br>not judged: ").append(text(one.problem()));
        }
        one.changed().forEach(change -> body.append("<br>changed after packing: ").append(text(change)));
        body.append("</li>\n");
    }

    private static void ladder(String title, Cell cell, StringBuilder body) {
        var report = cell.report();
        body.append("<h2>").append(text(title)).append("</h2>\n<p class=\"").append(cell.passed() ? "p" : "f").append("\">").append(cell.passed() ? "✓ " : "✗ ")
            .append(report.score()).append(" of ").append(report.maxScore()).append(" passed").append(cell.late() ? ", late" : "")
            .append(cell.attempts() > 1 ? ", one of " + cell.attempts() + " attempts" : "").append("</p>\n<ol class=\"ladder\">\n");
        report.tests().forEach(test -> rung(test, body));
        body.append("</ol>\n");
        report.notes().forEach(note -> body.append("<p>note: ").append(text(note)).append("</p>\n"));
    }

    private static void rung(Report.Test test, StringBuilder body) {
        var sign = switch (test.state()) {
            case "passed" -> "<span class=\"p\">✓</span> ";
            case "skipped" -> "<span class=\"q\">–</span> ";
            case "broken" -> "<span class=\"f\">!</span> ";
            default -> "<span class=\"f\">✗</span> ";
        };
        body.append("<li>").append(sign).append(text(test.name()));
        if (!test.message().isEmpty()) {
            body.append("<pre>").append(text(test.message())).append("</pre>");
        }
        if (!test.output().isBlank() && !test.state().equals("passed")) {
            body.append("<pre class=\"q\">printed: ").append(text(test.output())).append("</pre>");
        }
        body.append("</li>\n");
    }
}
