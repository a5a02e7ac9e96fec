package browser.exercise;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.group;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlElement;
import grading.report.Check;
import grading.report.Verdict;
import java.util.Locale;

/** Draws a verdict: how many checks passed, each with its sign and sentence, and what a learner needs to go on where one did not pass. */
final class VerdictHtml {
    private VerdictHtml() { }

    static HtmlElement draw(Verdict verdict) {
        var checks = classed("ol", "ladder");
        verdict.checks().forEach(check -> checks.add(drawn(check), "\n"));
        var notes = group();
        verdict.notes().forEach(note -> notes.add(classed("p", "note", note)));
        return classed("section", "verdict " + VerdictWord.of(verdict).word(), tag("h3", verdict.exercise().title()), summary(verdict), checks, notes,
            next(verdict));
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
        if (!cause.expected().isEmpty()) {
            var got = cause.got();
            detail(details, "got", got.figure());
            detail(details, "expected", cause.expected());
            if (!got.plan().isEmpty()) {
                details.add(tag("dt", "plan"), tag("dd", tag("details", tag("summary", "its nodes"), nodes(got.plan()))));
            }
        }
        detail(details, "look at", cause.lookAt());
        detail(details, "printed", check.output().strip());
        return drawn.add(details);
    }

    private static void detail(HtmlElement list, String label, String value) {
        if (!value.isEmpty()) {
            list.add(tag("dt", label), tag("dd", value.contains("\n") ? tag("pre", value) : tag("span", value)));
        }
    }

    /** A node an item, behind its branch of the tree. */
    private static HtmlElement nodes(String plan) {
        var list = classed("ol", "tree");
        plan.lines().forEach(node -> {
            var words = node.replaceFirst("^[│├└─ ]+", "");
            list.add(tag("li", classed("span", "branch", node.substring(0, node.length() - words.length())).with("aria-hidden", "true"), tag("span", words)));
        });
        return list;
    }

    private static HtmlElement summary(Verdict verdict) {
        return classed("p", "summary", verdict.summary(), classed("span", "took", " " + verdict.duration()));
    }

    private static HtmlElement next(Verdict verdict) {
        return verdict.broken() ? group() : verdict.hinted()
            .map(check -> classed("p", "next", "Hint " + check.hint() + " is about “" + check.sentence() + "”.")).orElse(group());
    }
}
