package script;

import java.util.List;

/** Which steps are shown. Steps before the first of them run silently, because later steps build on them. */
public final class StepSelection {
    private final List<String> steps;
    private final int first;
    private final int last;

    private StepSelection(List<String> steps, int first, int last) {
        this.steps = steps;
        this.first = first;
        this.last = last;
    }

    /** Every step. */
    public static StepSelection all(List<String> steps) {
        return new StepSelection(steps, 0, steps.size() - 1);
    }

    /** From a step to the end. */
    public static StepSelection from(String step, List<String> steps) {
        return new StepSelection(steps, steps.indexOf(step), steps.size() - 1);
    }

    /** One step alone. */
    public static StepSelection only(String step, List<String> steps) {
        return new StepSelection(steps, steps.indexOf(step), steps.indexOf(step));
    }

    boolean shows(String step) {
        var at = steps.indexOf(step);
        return at == -1 || at >= first && at <= last;
    }

    boolean isOver(String step) {
        return steps.indexOf(step) > last;
    }
}
