package kernel.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import kernel.output.Output.Plan;
import kernel.output.Output.Plan.Node;

/**
 * What a plan says once it is read: each node with its own cost, without what lies below it, and the node to look at
 * first, the most expensive one. Cost is buffers where the server counted them, because they are the same on every machine; else milliseconds.
 */
public record PlanReading(List<Line> lines, Measure measure) {
    public enum Measure { BUFFERS, TIME, NONE }

    /** Nodes that read all that is below them before they give their first row: no limit above reaches through them. */
    private static final Set<String> READ_ALL = Set.of("Sort", "Aggregate", "HashAggregate", "Hash", "Bitmap Heap Scan", "Materialize", "WindowAgg");

    /**
     * One node, with {@code last.get(i)} telling whether its ancestor at depth i was the last child there.
     *
     * @param misestimated whether the planner began to be wrong here; the nodes above only inherit it
     */
    public record Line(Node node, List<Boolean> last, double own, boolean mostExpensive, boolean misestimated) { }

    /** Reads a plan; of a single node, or of a plan without figures, none is the most expensive. */
    public static PlanReading of(Plan plan) {
        var measure = buffers(plan.root()) > 0 ? Measure.BUFFERS : plan.root().ms() > 0 ? Measure.TIME : Measure.NONE;
        var lines = new ArrayList<Line>();
        collect(plan.root(), List.of(), false, measure, lines);
        var dearest = lines.stream().max(Comparator.comparingDouble(Line::own)).orElseThrow();
        boolean marked = measure != Measure.NONE && lines.size() > 1;
        return new PlanReading(
            lines.stream().map(line -> new Line(line.node(), line.last(), line.own(), marked && line == dearest, line.misestimated())).toList(), measure);
    }

    /** The cost of the most expensive node, without what lies below it: the length of a full bar. */
    public double highestOwn() {
        return lines.stream().mapToDouble(Line::own).max().orElse(0);
    }

    /** The plan in a sentence: whether it was run, how long that took, and what it read. Times are there unless {@code summary off} left them out. */
    public static String summary(Plan plan) {
        if (plan.root().actual() < 0) {
            return "Planned, not run.";
        }
        var timed = plan.planningMs() > 0 || plan.executionMs() > 0;
        var run = timed ? "Planned in " + Numbers.of(plan.planningMs(), "ms") + ", run in " + Numbers.of(plan.executionMs(), "ms") : "Run, without times";
        var buffers = buffers(plan.root());
        return run + (buffers == 0 ? "" : "; " + Numbers.counted(buffers, "buffer") + ", "
            + Numbers.grouped(plan.root().read()) + " of them not in memory") + ".";
    }

    /** "planned 1, got 98 214"; "never executed", as PostgreSQL says it, where nothing asked the node for a row. */
    public static String rows(Node node) {
        var planned = "planned " + Numbers.of(node.planned());
        if (node.actual() < 0) {
            return planned + (node.planned() == 1 ? " row" : " rows") + ", not run";
        }
        if (node.loops() == 0) {
            return planned + ", never executed";
        }
        var got = planned + ", got " + Numbers.of(node.actual());
        return node.loops() > 1 ? got + " in each of " + Numbers.grouped(node.loops()) + " loops" : got;
    }

    /** A limit that had enough stops what is below it: fewer rows than planned are no mistake there. */
    private static boolean isMisestimated(Node node, boolean stopped) {
        return isWrong(node) && !(stopped && node.actual() < node.planned()) && node.children().stream().noneMatch(PlanReading::isWrong);
    }

    /** Whether the planner was wrong by ten times or more, where it matters: among few rows nobody minds. */
    private static boolean isWrong(Node node) {
        double more = Math.max(node.planned(), node.actual());
        return node.actual() >= 0 && node.loops() > 0 && more >= 100 && more >= 10 * Math.max(1, Math.min(node.planned(), node.actual()));
    }

    /** "5 000 times more than planned". */
    public static String misestimate(Node node) {
        var times = Numbers.of(Math.rint(Math.max(node.planned(), node.actual()) / Math.max(1, Math.min(node.planned(), node.actual()))));
        return times + (node.actual() > node.planned() ? " times more than planned" : " times fewer than planned");
    }

    private static void collect(Node node, List<Boolean> last, boolean stopped, Measure measure, List<Line> lines) {
        lines.add(new Line(node, last, own(node, measure), false, isMisestimated(node, stopped)));
        var stops = node.type().equals("Limit") || stopped && !READ_ALL.contains(node.type());
        for (int i = 0; i < node.children().size(); i++) {
            var below = new ArrayList<>(last);
            below.add(i == node.children().size() - 1);
            collect(node.children().get(i), List.copyOf(below), stops, measure, lines);
        }
    }

    private static double own(Node node, Measure measure) {
        return switch (measure) {
            case BUFFERS -> Math.max(0, buffers(node) - node.children().stream().mapToLong(PlanReading::buffers).sum());
            case TIME -> Math.max(0, node.ms() - node.children().stream().mapToDouble(Node::ms).sum());
            case NONE -> 0;
        };
    }

    /** Shared buffers that the node and everything below it asked for. */
    public static long buffers(Node node) {
        return node.hit() + node.read();
    }
}
