package grading.gradebook;

import grading.report.Report;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import lesson.Exercise;

/**
 * What came of a class.
 *
 * @param columns   the exercises that somebody has answered, in the order of the course
 * @param rows      all learners by name, those of the roster who handed in nothing among them
 * @param notJudged files about which nothing can be said
 * @param tooEarly  files that were packed before what counts
 * @param alike     answers that learners have in common
 * @param postgres  the versions that judged
 */
public record Gradebook(CountingRule rule, String course, List<Column> columns, List<Row> rows, List<GradedSubmission> notJudged,
                        List<GradedSubmission> tooEarly, List<Alike> alike, SortedSet<String> postgres) {

    /**
     * @param points   most that can be had: the checks, as the reports of this class have them
     * @param answered by so many learners
     * @param misses   the checks that did not pass, what most have missed first
     */
    public record Column(Exercise exercise, String id, long points, long answered, long passed, List<Miss> misses) {
        /** "02.1 Bound the pool". */
        String title() {
            return exercise.id() + " " + exercise.title();
        }
    }

    /** A check, and how many learners' answers do not pass it. */
    public record Miss(String check, long learners) { }

    /** @param cells the attempt that counts by the exercise's id */
    public record Row(Learner learner, List<GradedSubmission> submissions, Map<String, Cell> cells) {
        long points() {
            return cells.values().stream().mapToLong(cell -> cell.report().score()).sum();
        }

        boolean isLate() {
            return cells.values().stream().anyMatch(Cell::late);
        }
    }

    /** @param attempts how many of them this learner has made */
    public record Cell(Report report, GradedSubmission submission, String answer, boolean late, int attempts) {
        boolean passed() {
            return report.status().equals("pass");
        }

        Cell of(int many) {
            return new Cell(report, submission, answer, late, many);
        }
    }

    /** The same answer of several learners, but for blanks and comments. @param solution whether it is that of the course as well */
    public record Alike(Exercise exercise, boolean solution, List<Copy> copies) { }

    /** @param answer the hash by which its files are kept */
    public record Copy(Learner learner, String answer) { }

    /** Most that can be had in all. */
    public long points() {
        return columns.stream().mapToLong(Column::points).sum();
    }
}
