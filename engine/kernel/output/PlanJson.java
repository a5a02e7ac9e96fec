package kernel.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes a plan of what {@code explain (format json)} gave, once somebody has parsed it: of maps, lists, strings and numbers. Who
 * parses is another matter, on a server than in a reader's browser.
 */
public final class PlanJson {
    private PlanJson() { }

    /** The plans of a document; what is none, of a statement that needs none, is shown as PostgreSQL wrote it. */
    public static List<Output> outputs(List<?> document) {
        return document.stream().map(PlanJson::output).toList();
    }

    /** Whether these are the columns of {@code explain (format json)}. */
    public static boolean isPlan(List<Output.Table.Column> columns) {
        return columns.equals(List.of(new Output.Table.Column("QUERY PLAN", "json")));
    }

    /** The output, called as its author calls it where it is a plan. */
    public static Output titled(Output output, String title) {
        return output instanceof Output.Plan plan ? plan.titled(title) : output;
    }

    private static Output output(Object top) {
        return top instanceof Map<?, ?> said && said.get("Plan") instanceof Map<?, ?> root
            ? new Output.Plan(node(root), number(said, "Planning Time"), number(said, "Execution Time"))
            : new Output.Text(String.valueOf(top));
    }

    private static Output.Plan.Node node(Map<?, ?> plan) {
        var children = new ArrayList<Output.Plan.Node>();
        if (plan.get("Plans") instanceof List<?> below) {
            below.forEach(child -> children.add(node((Map<?, ?>) child)));
        }
        var loops = plan.containsKey("Actual Loops") ? (long) number(plan, "Actual Loops") : 1;
        return new Output.Plan.Node(type(plan), detail(plan),
            number(plan, "Plan Rows"), plan.containsKey("Actual Rows") ? number(plan, "Actual Rows") : -1, loops,
            (long) number(plan, "Shared Hit Blocks"), (long) number(plan, "Shared Read Blocks"),
            number(plan, "Actual Total Time") * loops, children, removed(plan), mode(plan), text(plan, "Subplan Name"));
    }

    private static double removed(Map<?, ?> plan) {
        return number(plan, "Rows Removed by Filter") + number(plan, "Rows Removed by Join Filter") + number(plan, "Rows Removed by Index Recheck");
    }

    private static String mode(Map<?, ?> plan) {
        var mode = text(plan, "Partial Mode");
        return mode.equals("Simple") ? "" : mode;
    }

    /** "Delete" says more than "ModifyTable". */
    private static String type(Map<?, ?> plan) {
        var type = text(plan, "Node Type");
        return type.equals("ModifyTable") && plan.containsKey("Operation") ? text(plan, "Operation") : type;
    }

    private static String detail(Map<?, ?> plan) {
        var parts = new ArrayList<String>();
        if (plan.containsKey("Index Name")) {
            parts.add("using " + text(plan, "Index Name"));
        }
        for (var source : List.of("Relation Name", "Function Name", "CTE Name")) {
            if (plan.containsKey(source)) {
                parts.add("on " + text(plan, source));
            }
        }
        for (var condition : List.of("Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter")) {
            if (plan.containsKey(condition)) {
                parts.add(condition.toLowerCase(java.util.Locale.ROOT) + " " + text(plan, condition));
            }
        }
        if (plan.get("Sort Key") instanceof List<?> keys) {
            parts.add("by " + keys.stream().map(String::valueOf).collect(Collectors.joining(",")).replaceAll("[\\[\\]\"]", ""));
        }
        if (plan.containsKey("Heap Fetches")) {
            parts.add("heap fetches " + (long) number(plan, "Heap Fetches"));
        }
        for (var count : List.of("Index Searches", "Subplans Removed")) {
            if (number(plan, count) > (count.startsWith("Index") ? 1 : 0)) {
                parts.add(count.toLowerCase(java.util.Locale.ROOT) + " " + (long) number(plan, count));
            }
        }
        return String.join(", ", parts);
    }

    private static String text(Map<?, ?> node, String name) {
        return node.get(name) instanceof String text ? text : "";
    }

    private static double number(Map<?, ?> node, String name) {
        return node.get(name) instanceof Number number ? number.doubleValue() : 0;
    }
}
