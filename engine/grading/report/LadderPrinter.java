package grading.report;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Shows a verdict: every check with its sign and sentence; for those that did not pass what a learner needs to go on. */
public final class LadderPrinter {
    private final PrintStream out;
    private final boolean colours;

    /** @param colours whether to write ANSI's codes for them */
    public LadderPrinter(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** @param title of the exercise */
    public void print(Verdict verdict, String title) {
        var text = new StringBuilder();
        text.append(bold(verdict.exercise().id() + "  " + title)).append('\n');
        verdict.checks().forEach(check -> append(text, check));
        verdict.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        text.append(summary(verdict)).append('\n');
        out.print(out.charset().equals(StandardCharsets.UTF_8) ? text : ascii(text.toString()));
        out.flush();
    }

    private void append(StringBuilder text, Check check) {
        text.append("  ").append(sign(check)).append(' ').append(check.sentence());
        if (check.status() == Check.Status.SKIPPED) {
            text.append(dim("  (" + check.cause().what() + ")"));
        }
        text.append('\n');
        if (!check.isBad()) {
            return;
        }
        var cause = check.cause();
        line(text, "", cause.what());
        line(text, cause.expected().isEmpty() ? "" : "expected  ", cause.expected());
        line(text, cause.expected().isEmpty() ? "" : "got       ", cause.actual());
        line(text, "look at   ", cause.lookAt());
        if (!check.output().isBlank()) {
            line(text, "printed   ", check.output().stripTrailing());
        }
    }

    /** A label and a text of one or more lines, the later ones below the first. */
    private void line(StringBuilder text, String label, String value) {
        if (value.isEmpty()) {
            return;
        }
        var indent = "      " + " ".repeat(label.length());
        text.append("      ").append(dim(label)).append(value.replace("\n", "\n" + indent)).append('\n');
    }

    private String summary(Verdict verdict) {
        var time = String.format(Locale.ROOT, " in %.2f s", verdict.took().toNanos() / 1e9);
        if (verdict.passed()) {
            return green("  Passed: " + verdict.score() + " of " + verdict.checks().size() + " checks") + time
                + dim("   Compare: ./jbang solution " + verdict.exercise().id());
        }
        if (verdict.broken()) {
            return red("  Could not be judged") + time;
        }
        var hint = verdict.firstBad().map(Check::hint).filter(number -> number > 0).map(number -> " " + number).orElse("");
        return red("  Not yet: " + verdict.score() + " of " + verdict.checks().size() + " checks passed") + time
            + "   A hint: ./jbang hint " + verdict.exercise().id() + dim(hint.isEmpty() ? "" : " (hint" + hint + " is about this check)");
    }

    /** For terminals that know no other characters. */
    private static String ascii(String text) {
        return text.replace('✓', '+').replace('✗', 'x').replace('–', '-').replace("…", "...").replace("→", "->");
    }

    private String sign(Check check) {
        return check.status() == Check.Status.PASSED ? green(check.status().sign())
            : check.isBad() ? red(check.status().sign()) : dim(check.status().sign());
    }

    private String bold(String text) {
        return coloured("1", text);
    }

    private String dim(String text) {
        return coloured("2", text);
    }

    private String green(String text) {
        return coloured("32", text);
    }

    private String red(String text) {
        return coloured("31", text);
    }

    private String coloured(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
