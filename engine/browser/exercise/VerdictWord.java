package browser.exercise;

import com.fasterxml.jackson.annotation.JsonValue;
import grading.report.Verdict;
import java.util.Locale;

/** The last verdict on an exercise, as the page and its style sheet call it. */
enum VerdictWord {
    NONE, PASSED, FAILED, BROKEN;

    /** "passed"; empty where there is none. */
    @JsonValue String word() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }

    static VerdictWord of(Verdict verdict) {
        return verdict.passed() ? PASSED : verdict.broken() ? BROKEN : FAILED;
    }
}
