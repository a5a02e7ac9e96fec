package kernel.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kernel.output.Output.Plan;
import kernel.output.Output.Plan.Node;

/**
 * What a plan says once it is read: each node with its own cost, without what lies below it, and the node to look at
 * first, the most expensive one. Cost is buffers where the server counted them, because they are the same on every machine; else milliseconds.
 */
public record PlanReading(List<Line> lines, Measure measure) {
    public enum Measure {
        BUFFERS, TIME, NONE;

        /** A cost of less than this, in this measure, is nothing to look for. */
        private double little() {
            return this == BUFFERS ? 50 : 5;
        }
    }

    /** Nodes that read all that is below them before they give their first row: no limit above reaches through them. */
    private static final Set<String> READ_ALL = Set.of("Sort", "Aggregate", "HashAggregate", "Hash", "Bitmap Heap Scan", "Materialize", "WindowAgg");

    /** Nodes that gather the rows of several processes. */
    private static final Set<String> GATHERS = Set.of("Gather", "Gather Merge");

    /**
     * One node, with {@code last.get(i)} telling whether its ancestor at depth i was the last child there.
     *
     * @param name        its type, with "Partial" or "Finalize" where processes share an aggregate
     * @param together    how many processes work on the node, each with a loop of its own; 1 where one does
     * @param stopped     whether a limit above had enough before the node gave all that was planned
     * @param misestimated whether the planner began to be wrong here; the nodes above only inherit it
     */
    public record Line(Node node, String name, List<Boolean> last, double own, long together, boolean stopped,
                       boolean mostExpensive, boolean misestimated) {

        /** The node's work with its casts of literals and its UUIDs folded. */
        public String detail() {
            return PlanDetail.folded(node.detail());
        }

        /** As {@link PlanReading#rows(Node)}, with processes in place of loops, and why rows are missing. */
        public String rows() {
            return PlanReading.rows(node, together > 1 ? "processes" : "loops") + (stopped ? ", then the limit was reached" : "");
        }

        private Line marked(boolean first) {
            return new Line(node, name, last, own, together, stopped, first, misestimated);
        }
    }

    /** Reads a plan; of a single node, of one that costs little, or of a plan without figures, none is the most expensive. */
    public static PlanReading of(Plan plan) {
        var measure = buffers(plan.root()) > 0 ? Measure.BUFFERS : plan.root().ms() > 0 ? Measure.TIME : Measure.NONE;
        var lines = new ArrayList<Line>();
        new Walk(OwnCost.of(plan.root(), measure), lines).visit(plan.root(), List.of(), Above.NOTHING);
        var dearest = dearest(lines);
        boolean marked = measure != Measure.NONE && lines.size() > 1 && dearest.own() >= measure.little();
        return new PlanReading(lines.stream().map(line -> line.marked(marked && line == dearest)).toList(), measure);
    }

    private static Line dearest(List<Line> lines) {
        return lines.stream().max(Comparator.comparingDouble(Line::own)).orElseThrow();
    }

    /** The cost of the most expensive node, without what lies below it: the length of a full bar. */
    public double highestOwn() {
        return lines.stream().mapToDouble(Line::own).max().orElse(0);
    }

    /** What tells this plan from others: its most expensive node, or else the first that reads something, as in "Seq Scan on posts". */
    public String subject() {
        var line = measure == Measure.NONE ? lines.stream().filter(one -> !PlanDetail.source(one.node().detail()).isEmpty())
            .findFirst().orElse(lines.getFirst()) : dearest(lines);
        return (line.name() + " " + PlanDetail.source(line.node().detail())).strip();
    }

    /** What the whole plan cost, as in "18 283 buffers · 154 ms", or that it was not run. */
    public static String cost(Plan plan) {
        if (plan.root().actual() < 0) {
            return "not run";
        }
        var buffers = buffers(plan.root());
        var time = plan.executionMs() > 0 ? Numbers.of(plan.executionMs(), "ms") : "";
        return buffers == 0 ? time : Numbers.counted(buffers, "buffer") + (time.isEmpty() ? "" : " · " + time);
    }

    /** What {@link #cost} leaves out, "Planned in 0.8 ms; 18 207 of the buffers were not in memory."; empty where that is nothing. */
    public static String besides(Plan plan) {
        var planned = plan.planningMs() > 0 ? "Planned in " + Numbers.of(plan.planningMs(), "ms") : "";
        var read = plan.root().read();
        var outside = read == 0 ? "" : Numbers.grouped(read) + " of the buffers " + (read == 1 ? "was" : "were") + " not in memory";
        var both = planned.isEmpty() || outside.isEmpty() ? planned + outside : planned + "; " + outside;
        return both.isEmpty() ? "" : both + ".";
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

    /**
     * "planned 1, got 98 214"; of several loops their rows together, "≈ 224 000 rows, 20 in each of 11 112 loops"; "never
     * executed", as PostgreSQL says it, where nothing asked the node for a row.
     */
    public static String rows(Node node) {
        return rows(node, "loops");
    }

    private static String rows(Node node, String loops) {
        var planned = "planned " + Numbers.of(node.planned());
        if (node.actual() < 0) {
            return planned + (node.planned() == 1 ? " row" : " rows") + ", not run";
        }
        if (node.loops() == 0) {
            return planned + ", never executed";
        }
        if (node.loops() == 1) {
            return planned + ", got " + Numbers.of(node.actual());
        }
        return "≈\u00a0" + Numbers.counted(Math.round(node.actual() * node.loops()), "row") + ", " + Numbers.of(node.actual()) + " in each of "
            + Numbers.grouped(node.loops()) + " " + loops + ", " + planned + " in each";
    }

    /** "49 990 rows removed by a condition", in all loops together; empty where none were, or nobody counted. */
    public static String removed(Node node) {
        var rows = Math.round(node.removed() * Math.max(1, node.loops()));
        return rows == 0 ? "" : Numbers.counted(rows, "row") + " removed by a condition";
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

    /** Shared buffers that the node and everything below it asked for. */
    public static long buffers(Node node) {
        return node.hit() + node.read();
    }

    /**
     * What the nodes above say of one below them.
     *
     * @param limited   whether a limit may stop it
     * @param full      whether that limit got all the rows it wanted
     * @param processes loops that are processes, 1 outside of a gather
     * @param gathered  whether there is a gather between it and the aggregate above
     */
    private record Above(boolean limited, boolean full, long processes, boolean aggregated, boolean gathered) {
        private static final Above NOTHING = new Above(false, false, 1, false, false);

        Above of(Node node) {
            var limit = node.type().equals("Limit");
            var through = limited && !READ_ALL.contains(node.type());
            var aggregate = node.type().equals("Aggregate");
            var gather = GATHERS.contains(node.type());
            return new Above(limit || through, limit ? node.actual() >= node.planned() : through && full,
                gather && !node.children().isEmpty() ? node.children().getFirst().loops() : processes,
                aggregate || aggregated, gather ? aggregated : !aggregate && gathered);
        }
    }

    private record Walk(Map<Node, Double> own, List<Line> lines) {
        void visit(Node node, List<Boolean> last, Above above) {
            boolean stopped = above.full() && node.actual() >= 0 && node.loops() > 0 && node.actual() < node.planned();
            lines.add(new Line(node, name(node, above), last, own.get(node), node.loops() == above.processes() ? above.processes() : 1, stopped,
                false, isMisestimated(node, above.limited())));
            for (int i = 0; i < node.children().size(); i++) {
                var below = new ArrayList<>(last);
                below.add(i == node.children().size() - 1);
                visit(node.children().get(i), List.copyOf(below), above.of(node));
            }
        }

        /** Recordings of before do not say how processes share an aggregate; where the gather stands tells as well. */
        private static String name(Node node, Above above) {
            if (!node.mode().isEmpty() || !node.type().equals("Aggregate")) {
                return (node.mode() + " " + node.type()).strip();
            }
            return above.gathered() ? "Partial Aggregate" : gathersPartial(node) ? "Finalize Aggregate" : node.type();
        }

        private static boolean gathersPartial(Node node) {
            return node.children().stream().anyMatch(child -> GATHERS.contains(child.type()) && hasAggregate(child)
                || Set.of("Sort", "Incremental Sort").contains(child.type()) && gathersPartial(child));
        }

        private static boolean hasAggregate(Node node) {
            return node.children().stream().anyMatch(child -> child.type().equals("Aggregate") || hasAggregate(child));
        }
    }
}
