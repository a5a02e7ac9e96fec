package terminal.drawing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kernel.output.LanesReading;
import kernel.output.Numbers;
import kernel.output.Output.Lanes;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;

/** Sessions side by side in time, as a picture and below it as a transcript. Stretches carry the number of their row. */
final class LanesText {
    private final LanesReading reading;
    private final TextStyle style;
    private final int label;
    private final int room;

    private LanesText(LanesReading reading, TextStyle style) {
        this.reading = reading;
        this.style = style;
        this.label = reading.lanes().stream().mapToInt(lane -> Width.of(lane.session())).max().orElse(0);
        this.room = Math.max(20, Math.min(style.width(), 100) - label - 1);
    }

    static List<String> lines(Lanes lanes, TextStyle style) {
        var reading = LanesReading.of(lanes);
        return Stream.concat(new LanesText(reading, style).picture(), TranscriptText.lines(reading, style).stream()).toList();
    }

    private Stream<String> picture() {
        var lines = new ArrayList<String>();
        reading.lanes().forEach(lane -> lines.add(Width.padRight(style.bold(lane.session()), label) + " " + track(lane)));
        lines.add(style.quiet(" ".repeat(label + 1) + "0 ms" + Width.padLeft(Numbers.of(reading.end(), "ms"), room - 4)));
        lines.addAll(Wrap.lines(legend(), style.width()));
        return lines.stream();
    }

    /** The lane as characters: what is later covers what is earlier, a failure covers all, and numbers what they number. */
    private String track(Lane lane) {
        var states = new State[room];
        var numbers = new String[room];
        lane.spans().stream().sorted((a, b) -> Boolean.compare(a.state() == State.FAILED, b.state() == State.FAILED)).forEach(span -> {
            var from = column(span.state() == State.FAILED ? span.toMs() : span.fromMs());
            var to = Math.max(from, column(span.toMs()) - 1);
            Arrays.fill(states, column(span.fromMs()), to + 1, span.state());
            reading.number(span).filter(number -> span.state() != State.FAILED).ifPresent(number -> number(numbers, from, number.toString()));
        });
        var drawn = new StringBuilder();
        for (int x = 0; x < room; x++) {
            drawn.append(numbers[x] != null && states[x] != State.FAILED ? style.bold(numbers[x]) : states[x] == null ? " " : mark(states[x]));
        }
        return drawn.toString().stripTrailing();
    }

    private static void number(String[] numbers, int from, String digits) {
        for (int at = from; at + digits.length() <= numbers.length; at++) {
            if (Arrays.stream(numbers, at, at + digits.length()).allMatch(Objects::isNull)) {
                for (int i = 0; i < digits.length(); i++) {
                    numbers[at + i] = digits.substring(i, i + 1);
                }
                return;
            }
        }
    }

    private int column(double ms) {
        return reading.end() > 0 ? (int) Math.clamp(Math.round(ms / reading.end() * room), 0, room - 1) : 0;
    }

    /** The marks that are in the picture, each with its words. */
    private String legend() {
        return Arrays.stream(State.values())
            .filter(state -> reading.lanes().stream().flatMap(lane -> lane.spans().stream()).map(Span::state).anyMatch(state::equals))
            .map(state -> (mark(state) + " " + style.quiet(state.words())).replace(' ', '\u00a0')).collect(Collectors.joining("  "));
    }

    private String mark(State state) {
        return switch (state) {
            case RAN -> style.in("accent", "█");
            case WAITED -> style.in("wait", "░");
            case IDLE_IN_TRANSACTION -> style.quiet("─");
            case FAILED -> style.in("bad", "✗");
        };
    }
}
