package cli;

import grading.report.Check;
import grading.report.Verdict;
import java.util.List;
import java.util.regex.Pattern;
import terminal.drawing.TextStyle;
import terminal.drawing.TreeText;
import terminal.drawing.Width;
import terminal.drawing.Wrap;
import terminal.screen.TerminalWriter;

/** Shows a verdict: how many checks passed, then every check with its sign and sentence; for those that did not pass what a learner needs to go on. */
final class LadderPrinter {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String LABEL = "      ";
    private static final int LABEL_WIDTH = 10;

    private final TerminalWriter writer;
    private final TextStyle style;

    LadderPrinter(TerminalWriter writer) {
        this.writer = writer;
        this.style = writer.style();
    }

    void print(Verdict verdict) {
        writer.print(Wrap.lines(style.bold(verdict.exercise().id() + "  " + verdict.exercise().title()), style.width()));
        writer.print("  " + summary(verdict) + " " + verdict.duration());
        writer.print("");
        verdict.checks().forEach(this::print);
        verdict.notes().forEach(note -> print("  note: ", "", note));
        writer.print("");
        writer.print(Wrap.lines(next(verdict), style.width() - 2).stream().map(line -> "  " + line).toList());
    }

    private String summary(Verdict verdict) {
        return verdict.passed() ? style.in("good", "✓ " + verdict.summary()) : style.in("bad", (verdict.broken() ? "! " : "✗ ") + verdict.summary());
    }

    private void print(Check check) {
        var skipped = check.status() == Check.Status.SKIPPED ? style.quiet("  (" + check.cause().what() + ")") : "";
        print("  " + sign(check) + " ", "", words(check.sentence()) + skipped);
        if (check.isBad()) {
            cause(check.cause());
            print(LABEL, "printed", check.output().stripTrailing());
        }
    }

    private void cause(Check.Cause cause) {
        print(LABEL, "", words(cause.what()));
        if (!cause.expected().isEmpty()) {
            got(cause);
        }
        print(LABEL, "look at", words(cause.lookAt()));
    }

    /** One figure beside the one it should have been. */
    private void got(Check.Cause cause) {
        var got = cause.got();
        var together = got.figure() + "; expected " + cause.expected();
        if (together.contains("\n") || together.length() > style.width() - LABEL.length() - LABEL_WIDTH) {
            print(LABEL, "got", got.figure());
            print(LABEL, "expected", cause.expected());
        } else {
            print(LABEL, "got", together);
        }
        plan(got.plan());
    }

    private void plan(String plan) {
        if (!plan.isEmpty()) {
            print(LABEL, "plan", TreeText.lines(plan, Math.max(20, style.width() - LABEL.length() - LABEL_WIDTH)));
        }
    }

    /** A label and a text of one or more lines, the later ones below the first. */
    private void print(String indent, String label, String value) {
        if (value.isEmpty()) {
            return;
        }
        var room = style.width() - Width.of(indent) - (label.isEmpty() ? 0 : LABEL_WIDTH);
        print(indent, label, Wrap.lines(value, Math.max(20, room)));
    }

    private void print(String indent, String label, List<String> lines) {
        var first = indent + (label.isEmpty() ? "" : style.quiet(label) + " ".repeat(LABEL_WIDTH - label.length()));
        var margin = " ".repeat(Width.of(first));
        for (int y = 0; y < lines.size(); y++) {
            writer.print(((y == 0 ? first : margin) + lines.get(y)).stripTrailing());
        }
    }

    private String next(Verdict verdict) {
        var id = verdict.exercise().id();
        if (verdict.passed()) {
            return style.quiet("Compare: ./jbang solution " + id);
        }
        if (verdict.broken()) {
            return "";
        }
        return verdict.hinted()
            .map(check -> "Hint " + check.hint() + " is about “" + words(check.sentence()) + "”: " + unbroken("./jbang hint " + id + " " + check.hint()))
            .orElse("A hint: ./jbang hint " + id);
    }

    /** A command that is to be copied stands in one line. */
    private static String unbroken(String command) {
        return command.replace(' ', '\u00a0');
    }

    /** Code in a sentence is coloured, and stands there as it is where there are no colours. */
    private String words(String sentence) {
        return CODE.matcher(sentence).replaceAll(code -> java.util.regex.Matcher.quoteReplacement(style.code(code.group(1))));
    }

    private String sign(Check check) {
        var sign = check.status().sign();
        return check.status() == Check.Status.PASSED ? style.in("good", sign) : check.isBad() ? style.in("bad", sign) : style.quiet(sign);
    }
}
