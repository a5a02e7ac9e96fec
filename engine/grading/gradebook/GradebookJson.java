package grading.gradebook;

import com.fasterxml.jackson.annotation.JsonProperty;
import grading.gradebook.Gradebook.Cell;
import grading.gradebook.Gradebook.Column;
import grading.gradebook.Gradebook.Row;
import grading.report.Report;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import kernel.output.VisibleText;

/**
 * A gradebook as data.
 *
 * @param format 1; what is added later leaves it as it is, what changes its meaning does not
 */
record GradebookJson(int format, String course, SortedSet<String> postgres, String attempt, String since, String until, long points,
                     List<InCourse> exercises, List<OfLearner> learners, @JsonProperty("not_judged") List<NotJudged> notJudged, List<InCommon> alike) {
    private static final int FORMAT = 1;

    record InCourse(String exercise, String id, String title, long points, long answered, long passed, List<Gradebook.Miss> missed) { }

    record OfLearner(String id, String name, String email, long points, boolean late, List<String> files, List<Result> results) { }

    /** @param failing the checks that did not pass, and why */
    record Result(String exercise, String status, long score, @JsonProperty("max_score") long maxScore, boolean late, int attempts, String file, String created, String signature,
                  List<Failing> failing) { }

    record Failing(String check, String state, String message) { }

    record NotJudged(String file, String reason) { }

    /** @param solution whether it is the course's own */
    record InCommon(String exercise, boolean solution, List<String> learners) { }

    static GradebookJson of(Gradebook book) {
        return new GradebookJson(FORMAT, book.course(), book.postgres(), book.rule().attempt().name().toLowerCase(Locale.ROOT),
            book.rule().since().map(OffsetDateTime::toString).orElse(""), book.rule().until().map(OffsetDateTime::toString).orElse(""), book.points(),
            book.columns().stream().map(GradebookJson::exercise).toList(), book.rows().stream().map(row -> learner(row, book)).toList(),
            book.notJudged().stream().map(one -> new NotJudged(VisibleText.of(one.file()), one.problem())).toList(),
            book.alike().stream().map(one -> new InCommon(one.exercise().id(), one.solution(), one.copies().stream().map(copy -> copy.learner().name()).toList())).toList());
    }

    private static InCourse exercise(Column column) {
        return new InCourse(column.exercise().id(), column.id(), column.exercise().title(), column.points(), column.answered(), column.passed(), column.misses());
    }

    private static OfLearner learner(Row row, Gradebook book) {
        var learner = row.learner();
        return new OfLearner(learner.id(), learner.name(), learner.email(), row.points(), row.isLate(),
            row.submissions().stream().map(one -> VisibleText.of(one.file())).toList(), book.columns().stream().map(column -> row.cells().get(column.id())).filter(java.util.Objects::nonNull).map(GradebookJson::result).toList());
    }

    private static Result result(Cell cell) {
        var report = cell.report();
        return new Result(report.exercise(), report.status(), report.score(), report.maxScore(), cell.late(), cell.attempts(), VisibleText.of(cell.submission().file()),
            cell.submission().created(), VisibleText.of(cell.submission().signature()), report.tests().stream().filter(test -> !test.state().equals("passed")).map(GradebookJson::failing).toList());
    }

    private static Failing failing(Report.Test test) {
        return new Failing(test.name(), test.state(), VisibleText.of(test.message()));
    }
}
