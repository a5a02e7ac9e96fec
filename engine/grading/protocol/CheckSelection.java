package grading.protocol;

import java.util.List;

/**
 * Which checks of a verifier run.
 *
 * @param only           names of those that run; empty for all
 * @param toFirstRefusal whether checks are left out once one has not passed
 */
public record CheckSelection(List<String> only, boolean toFirstRefusal) {
    public static final CheckSelection ALL = new CheckSelection(List.of(), false);
    /** Enough to know whether an answer is right. */
    public static final CheckSelection TO_FIRST_REFUSAL = new CheckSelection(List.of(), true);

    /** These alone, to the first that does not pass. */
    public static CheckSelection only(List<String> checks) {
        return new CheckSelection(checks, true);
    }

    /** Whether this check is among them. */
    public boolean has(String check) {
        return only.isEmpty() || only.contains(check);
    }
}
