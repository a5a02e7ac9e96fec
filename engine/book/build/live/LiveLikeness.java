package book.build.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kernel.output.Output;
import kernel.output.Output.Plan.Node;

/**
 * What of a result is the same on another machine and with fewer rows: columns, failures, and the nodes of a plan but for those with which
 * several processes share its work, because in a browser there is only one.
 */
public final class LiveLikeness {
    private static final Set<String> OF_SEVERAL_PROCESSES = Set.of("Gather", "Gather Merge");

    private LiveLikeness() { }

    /** A line for each result that has something to compare: "plan: Limit, Index Scan". */
    public static List<String> of(List<Output> outputs) {
        var lines = new ArrayList<String>();
        for (var output : outputs) {
            switch (output) {
                case Output.Table table -> lines.add("columns: " + String.join(", ", table.columns().stream().map(Output.Table.Column::name).toList()));
                case Output.Plan plan -> lines.add("plan: " + String.join(", ", types(plan.root())));
                case Output.Failure failure -> lines.add("SQLSTATE " + failure.sqlState() + ": " + failure.message());
                default -> { } // a count of rows, a message of the server
            }
        }
        return List.copyOf(lines);
    }

    /** An aggregate that was cut in two for several processes is one again. */
    private static List<String> types(Node root) {
        var types = new ArrayList<String>();
        collect(root, types);
        return types;
    }

    private static void collect(Node node, List<String> types) {
        if (!OF_SEVERAL_PROCESSES.contains(node.type()) && !(node.type().equals("Aggregate") && !types.isEmpty() && types.getLast().equals("Aggregate"))) {
            types.add(node.type());
        }
        node.children().forEach(child -> collect(child, types));
    }

    /** What is not as it was recorded, in a sentence; empty where all is. */
    static String difference(List<String> recorded, List<String> now) {
        for (int i = 0; i < Math.max(recorded.size(), now.size()); i++) {
            var then = i < recorded.size() ? recorded.get(i) : "nothing";
            var here = i < now.size() ? now.get(i) : "nothing";
            if (!then.equals(here)) {
                return "recorded was " + then + "; here it is " + here;
            }
        }
        return "";
    }
}
