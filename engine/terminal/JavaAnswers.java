package terminal;

import java.util.List;
import kernel.Failures;
import kernel.Output;
import kernel.Tables;

/** Prints what came of the learner's Java, and of a step that is run again. */
final class JavaAnswers {
    private static final int LONGEST = 2_000;
    private final Narrator narrator;

    JavaAnswers(Narrator narrator) {
        this.narrator = narrator;
    }

    void print(Came came) {
        var pen = narrator.paper().pen();
        switch (came) {
            case Came.Value value -> value(value, pen);
            case Came.Refused refused -> refused(refused, pen);
            case Came.Threw threw -> threw(threw, pen);
            case Came.Stopped stopped -> narrator.quiet("Stopped.");
            case Came.Done done -> { }
        }
    }

    @SuppressWarnings("unchecked")
    private void value(Came.Value came, Pen pen) {
        switch (came.value()) {
            case Output output -> narrator.paper().print(Drawing.lines(output, pen));
            case List<?> list when !list.isEmpty() && list.stream().allMatch(Record.class::isInstance) ->
                narrator.paper().print(Drawing.lines(Tables.of((List<? extends Record>) list), pen));
            case Object other -> {
                var text = String.valueOf(other);
                var cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "… (" + text.length() + " characters)" : text;
                narrator.paper().print(pen.in("name", came.name()) + pen.quiet(" ==> ") + cut);
            }
        }
    }

    private void refused(Came.Refused refused, Pen pen) {
        narrator.paper().print(pen.in("bad", "✗ ") + pen.bold("does not compile") + pen.quiet("  " + refused.source().strip().lines().findFirst().orElse("")));
        refused.problems().forEach(problem -> Wrap.lines(problem, pen.width() - 4).forEach(line -> narrator.paper().print("    " + line)));
    }

    private void threw(Came.Threw threw, Pen pen) {
        narrator.paper().print(Drawing.lines(Failures.of(threw.failure(), ""), pen));
        if (!threw.where().isEmpty()) {
            narrator.paper().print(pen.quiet("    " + threw.failure().getClass().getName() + ", " + threw.where()));
        }
    }
}
