package grading.gradebook;

import grading.gradebook.Gradebook.Cell;
import grading.gradebook.Gradebook.Column;
import grading.gradebook.Gradebook.Miss;
import grading.gradebook.Gradebook.Row;
import grading.report.CourseVersion;
import grading.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lesson.Exercise;
import lesson.Home;

/** Makes a gradebook of what was judged. It depends on that alone, not on when or in how many pieces it was judged. */
public final class GradebookMaker {
    private final Home home;
    private final GradingFolder kept;
    private final Roster roster;
    private final CountingRule rule;
    private final Map<String, Report> reports = new TreeMap<>();

    public GradebookMaker(Home home, GradingFolder kept, Roster roster, CountingRule rule) {
        this.home = home;
        this.kept = kept;
        this.roster = roster;
        this.rule = rule;
    }

    /** @param submissions whose verdicts the folder has */
    public Gradebook of(List<GradedSubmission> submissions) {
        var sorted = submissions.stream().sorted(Comparator.comparing(GradedSubmission::file)).toList();
        var counting = sorted.stream().filter(one -> !rule.isTooEarly(one)).toList();
        var byLearner = new LinkedHashMap<Learner, List<GradedSubmission>>();
        roster.learners().forEach(learner -> byLearner.put(learner, new ArrayList<>()));
        counting.forEach(one -> byLearner.computeIfAbsent(roster.of(one.file()), learner -> new ArrayList<>()).add(one));
        var rows = byLearner.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing((Row row) -> row.learner().name(), String.CASE_INSENSITIVE_ORDER).thenComparing(row -> row.learner().id())).toList();
        var columns = home.exercises().stream().filter(exercise -> rows.stream().anyMatch(row -> row.cells().containsKey(Report.id(exercise))))
            .map(exercise -> column(exercise, rows)).toList();
        return new Gradebook(rule, CourseVersion.of(home), columns, rows, sorted.stream().filter(one -> !one.isJudged()).toList(),
            sorted.stream().filter(rule::isTooEarly).toList(), new Copies(home).in(rows),
            reports.values().stream().map(Report::postgres).filter(version -> !version.isEmpty()).collect(Collectors.toCollection(TreeSet::new)));
    }

    private Row row(Learner learner, List<GradedSubmission> submissions) {
        var attempts = new TreeMap<String, List<Cell>>();
        for (var submission : submissions) {
            for (var answer : submission.answers()) {
                var report = report(answer.verdict());
                if (report != null) {
                    attempts.computeIfAbsent(answer.exercise(), exercise -> new ArrayList<>())
                        .add(new Cell(report, submission, answer.answer(), rule.isLate(submission), 0));
                }
            }
        }
        var cells = new TreeMap<String, Cell>();
        attempts.forEach((exercise, cellsOfIt) -> cells.put(exercise, cellsOfIt.stream().max(rule.order()).orElseThrow().of(cellsOfIt.size())));
        return new Row(learner, List.copyOf(submissions), cells);
    }

    /** Shared, as the verdict is. What could not be judged has none. */
    private Report report(String verdict) {
        return reports.computeIfAbsent(verdict, name -> kept.verdict(name).orElse(null));
    }

    private static Column column(Exercise exercise, List<Row> rows) {
        var id = Report.id(exercise);
        var cells = rows.stream().map(Row::cells).filter(all -> all.containsKey(id)).map(all -> all.get(id)).toList();
        var missed = cells.stream().flatMap(cell -> cell.report().tests().stream())
            .filter(test -> test.state().equals("failed") || test.state().equals("timed_out"))
            .collect(Collectors.groupingBy(Report.Test::name, TreeMap::new, Collectors.counting()));
        var misses = missed.entrySet().stream().map(entry -> new Miss(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(Miss::learners).reversed().thenComparing(Miss::check)).toList();
        return new Column(exercise, id, cells.stream().mapToLong(cell -> cell.report().maxScore()).max().orElse(0),
            cells.size(), cells.stream().filter(Cell::passed).count(), misses);
    }
}
