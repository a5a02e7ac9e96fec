package kernel.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import kernel.output.Output.Plan.Node;
import kernel.output.PlanReading.Measure;

/**
 * What each node of a plan cost itself. PostgreSQL counts with a node what lies below it; and what a CTE or an InitPlan
 * cost counts a second time with the node that asked it for its rows, which may stand elsewhere in the tree.
 */
final class OwnCost {
    private final ToDoubleFunction<Node> whole;
    private final Map<Node, Double> own = new IdentityHashMap<>();
    /** Parts that are run for another node, by name, with the cost that is not yet taken from those who asked. */
    private final Map<String, Part> parts = new HashMap<>();

    private OwnCost(ToDoubleFunction<Node> whole) {
        this.whole = whole;
    }

    /** The cost of the node and of each below it, by identity: nodes that say the same are still two. */
    static Map<Node, Double> of(Node root, Measure measure) {
        var cost = new OwnCost(measure == Measure.BUFFERS ? PlanReading::buffers : measure == Measure.TIME ? Node::ms : node -> 0);
        cost.nameParts(root);
        cost.visit(root, new ArrayList<>());
        return cost.own;
    }

    private static final class Part {
        private final Node node;
        private double left;
        private boolean asked;

        private Part(Node node, double left) {
            this.node = node;
            this.left = left;
        }
    }

    private void nameParts(Node node) {
        partName(node).ifPresent(name -> parts.put(name, new Part(node, whole.applyAsDouble(node))));
        node.children().forEach(this::nameParts);
    }

    /** "CTE below"; recordings of before have no names, but a recursive CTE reads its own rows below itself. */
    private static Optional<String> partName(Node node) {
        if (node.subplan().startsWith("CTE ") || node.subplan().startsWith("InitPlan ")) {
            return Optional.of(node.subplan().replaceFirst(" \\(returns .*", ""));
        }
        return node.type().equals("Recursive Union") ? workTable(node).map(name -> "CTE " + name) : Optional.empty();
    }

    private static Optional<String> workTable(Node node) {
        return node.type().equals("WorkTable Scan") ? Optional.of(node.detail().replaceFirst("^on ", "").replaceFirst(",.*", ""))
            : node.children().stream().flatMap(child -> workTable(child).stream()).findFirst();
    }

    private void visit(Node node, List<Node> above) {
        double cost = whole.applyAsDouble(node);
        above.add(node);
        for (var child : node.children()) {
            visit(child, above);
        }
        above.removeLast();
        for (var child : node.children()) {
            if (!isCountedElsewhere(child)) {
                cost -= whole.applyAsDouble(child);
            }
        }
        cost = Math.max(0, cost);
        for (var part : askedBy(node)) {
            double taken = part.node != node && !node.children().contains(part.node) ? Math.min(cost, part.left) : 0;
            part.asked |= taken > 0;
            part.left -= taken;
            cost -= taken;
        }
        own.put(node, cost);
    }

    /** Whether the cost of this part is among that of a node below its parent, which asked for it. */
    private boolean isCountedElsewhere(Node child) {
        return partName(child).map(parts::get).filter(part -> part.node == child).map(part -> part.asked).orElse(false);
    }

    private List<Part> askedBy(Node node) {
        var cte = "CTE " + node.detail().replaceFirst("^on ", "").replaceFirst(",.*", "");
        return parts.entrySet().stream().filter(part -> node.type().equals("CTE Scan") ? part.getKey().equals(cte)
            : part.getKey().startsWith("InitPlan") && node.detail().contains("(" + part.getKey() + ")")).map(Map.Entry::getValue).toList();
    }
}
