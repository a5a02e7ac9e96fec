package browser.exercise;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.group;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlElement;
import grading.report.Check;
import grading.report.Verdict;
import java.util.Locale;

/** Draws a verdict: each check with its sign and sentence, and what a learner needs to go on where one did not pass. */
final class VerdictHtml {
    private VerdictHtml() { }

    static HtmlElement draw(Verdict verdict) {
        var checks = classed("ol", "ladder");
        verdict.checks().forEach(check -> checks.add(drawn(check), "\n"));
        var notes = group();
        verdict.notes().forEach(note -> notes.add(classed("p", "note", note)));
        return classed("section", "verdict " + state(verdict), tag("h3", verdict.exercise().title()), checks, notes, summary(verdict));
    }

    /** passed, failed or broken, as the page and its style sheet call it. */
    static String state(Verdict verdict) {
        return verdict.passed() ? "passed" : verdict.broken() ? "broken" : "failed";
    }

    private static HtmlElement drawn(Check check) {
        var drawn = classed("li", "check " + check.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            classed("span", "sign", check.status().sign()).with("aria-hidden", "true"),
            classed("span", "spoken", spoken(check.status()) + ": "), " ", classed("span", "sentence", check.sentence()));
        if (check.status() == Check.Status.SKIPPED) {
            drawn.add(" ", classed("span", "reason", "(" + check.cause().what() + ")"));
        }
        return check.isBad() ? drawn.add(cause(check)) : drawn;
    }

    private static String spoken(Check.Status status) {
        return switch (status) {
            case PASSED -> "Passed";
            case FAILED -> "Failed";
            case TIMED_OUT -> "Did not end in time";
            case SKIPPED -> "Skipped";
            case BROKEN -> "Could not be judged";
        };
    }

    private static HtmlElement cause(Check check) {
        var cause = check.cause();
        var drawn = classed("div", "cause", cause.what().isEmpty() ? group() : tag("p", cause.what()));
        var details = tag("dl");
        detail(details, "expected", cause.expected());
        detail(details, "got", cause.expected().isEmpty() ? "" : cause.actual());
        detail(details, "look at", cause.lookAt());
        detail(details, "printed", check.output().strip());
        return drawn.add(details);
    }

    private static void detail(HtmlElement list, String label, String value) {
        if (!value.isEmpty()) {
            list.add(tag("dt", label), tag("dd", value.contains("\n") ? tag("pre", value) : tag("span", value)));
        }
    }

    private static HtmlElement summary(Verdict verdict) {
        var time = String.format(Locale.ROOT, " in %.2f s", verdict.took().toNanos() / 1e9);
        var score = verdict.score() + " of " + verdict.checks().size() + " checks passed";
        var said = verdict.passed() ? "Passed: " + score : verdict.broken() ? "Could not be judged" : "Not yet: " + score;
        var about = verdict.firstBad().map(Check::hint).filter(number -> number > 0 && !verdict.broken())
            .map(number -> ". Hint " + number + " is about this check.").orElse("");
        return classed("p", "summary", said + time + about);
    }
}
