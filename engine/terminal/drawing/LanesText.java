package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import kernel.output.Numbers;
import kernel.output.Output.Lanes;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;

/** Sessions side by side in time. Each stretch carries the number of its line below, where words say what it was. */
final class LanesText {
    private LanesText() { }

    static List<String> lines(Lanes lanes, TextStyle style) {
        var end = lanes.lanes().stream().flatMap(lane -> lane.spans().stream())
            .mapToDouble(Span::toMs).filter(Double::isFinite).max().orElse(0);
        var label = lanes.lanes().stream().mapToInt(lane -> Width.of(lane.session())).max().orElse(0);
        var room = Math.max(20, Math.min(style.width(), 100) - label - 1);
        var lines = new ArrayList<String>();
        var number = 1;
        for (var lane : lanes.lanes()) {
            lines.add(Width.padRight(style.bold(lane.session()), label) + " " + track(lane, number, end, room, style));
            number += lane.spans().size();
        }
        lines.add(style.quiet(" ".repeat(label + 1) + "0 ms" + Width.padLeft(Numbers.of(end, "ms"), room - 4)));
        lines.addAll(legend(lanes, style));
        return lines;
    }

    /** The lane as characters: what is later covers what is earlier, but for the numbers. */
    private static String track(Lane lane, int firstNumber, double end, int room, TextStyle style) {
        var states = new State[room];
        var numbers = new String[room];
        for (int i = 0; i < lane.spans().size(); i++) {
            var span = lane.spans().get(i);
            var from = column(span.fromMs(), end, room);
            var to = Math.max(from, column(span.toMs(), end, room) - 1);
            java.util.Arrays.fill(states, from, to + 1, span.state());
            number(numbers, from, Integer.toString(firstNumber + i));
        }
        var drawn = new StringBuilder();
        for (int x = 0; x < room; x++) {
            drawn.append(numbers[x] != null ? style.bold(numbers[x]) : states[x] == null ? " " : mark(states[x], style));
        }
        return drawn.toString().stripTrailing();
    }

    private static void number(String[] numbers, int from, String digits) {
        for (int at = from; at + digits.length() <= numbers.length; at++) {
            if (java.util.Arrays.stream(numbers, at, at + digits.length()).allMatch(java.util.Objects::isNull)) {
                for (int i = 0; i < digits.length(); i++) {
                    numbers[at + i] = digits.substring(i, i + 1);
                }
                return;
            }
        }
    }

    private static int column(double ms, double end, int room) {
        return end > 0 ? (int) Math.clamp(Math.round(ms / end * room), 0, room - 1) : 0;
    }

    private static List<String> legend(Lanes lanes, TextStyle style) {
        var session = lanes.lanes().stream().mapToInt(lane -> Width.of(lane.session())).max().orElse(0);
        var times = lanes.lanes().stream().flatMap(lane -> lane.spans().stream()).mapToInt(span -> Width.of(time(span))).max().orElse(0);
        var widths = List.of(session + 5, Math.max(20, style.width() - session - 5 - times - 4), times);
        var lines = new ArrayList<String>();
        var number = 0;
        for (var lane : lanes.lanes()) {
            for (var span : lane.spans()) {
                var head = Width.padLeft(Integer.toString(++number), 2).replace(' ', '\u00a0') + " " + mark(span.state(), style) + " " + lane.session();
                lines.addAll(Grid.row(List.of(head, describe(span), style.quiet(time(span))), widths));
            }
        }
        return lines;
    }

    private static String describe(Span span) {
        var note = span.note().isBlank() ? "" : " (" + span.note() + ")";
        return span.state() == State.IDLE_IN_TRANSACTION ? span.state().words() + note
            : span.state().words() + ": " + oneLine(span.label()) + note;
    }

    private static String time(Span span) {
        return (Numbers.of(span.fromMs()) + " – " + Numbers.of(span.toMs(), "ms")).replace(' ', '\u00a0');
    }

    private static String oneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }

    private static String mark(State state, TextStyle style) {
        return switch (state) {
            case RAN -> style.in("accent", "█");
            case WAITED -> style.in("wait", "░");
            case IDLE_IN_TRANSACTION -> style.quiet("─");
            case FAILED -> style.in("bad", "✗");
        };
    }
}
