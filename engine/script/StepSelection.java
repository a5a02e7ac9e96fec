package script;

import java.util.List;
import java.util.Optional;

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

    /** What runs before the first step that is shown, in a sentence; nothing where that is the first of all. */
    public Optional<String> runsBefore() {
        return first <= 0 ? Optional.empty() : Optional.of((first == 1 ? "Step 1 runs" : first == 2 ? "Steps 1 and 2 run" : "Steps 1 to " + first + " run")
            + " first, without being shown, because later steps build on what they make.");
    }

    /** "Step 3 of 16, ten-posts". */
    String position(String step) {
        return "Step " + (steps.indexOf(step) + 1) + " of " + steps.size() + ", " + step + ",";
    }

    boolean shows(String step) {
        var at = steps.indexOf(step);
        return at == -1 || at >= first && at <= last;
    }

    boolean isOver(String step) {
        return steps.indexOf(step) > last;
    }
}
