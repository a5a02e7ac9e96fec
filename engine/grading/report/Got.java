package grading.report;

import java.util.regex.Pattern;
import kernel.output.Numbers;

/**
 * What a check got, for a person to read.
 *
 * @param figure the one thing to look at: "101 pages" of a plan, else the whole of it
 * @param plan   the plan that the figure is of, in words; empty where there is none
 */
public record Got(String figure, String plan) {
    /** As {@link grading.QueryPlan} says a plan: its nodes, then what it read. */
    private static final Pattern PLAN = Pattern.compile("(.+); (\\d+) buffers", Pattern.DOTALL);

    public static Got of(Check.Cause cause) {
        var plan = PLAN.matcher(cause.actual());
        return plan.matches() ? new Got(Numbers.counted(Long.parseLong(plan.group(2)), "page"), plan.group(1)) : new Got(cause.actual(), "");
    }
}
