package terminal.drawing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kernel.output.LanesReading;
import kernel.output.LanesReading.Kind;
import kernel.output.LanesReading.Moment;
import kernel.output.Numbers;

/** What sessions did, a row for each moment in the order of time: a column for each session, or, where these find no room, its name before the words. */
final class TranscriptText {
    private static final int NARROWEST = 22;
    private static final String WAITING = "░";

    private final LanesReading reading;
    private final TextStyle style;
    private final List<Integer> widths;
    private final boolean hasColumns;

    private TranscriptText(LanesReading reading, TextStyle style) {
        this.reading = reading;
        this.style = style;
        var number = Math.max(3, Integer.toString(reading.moments().size()).length());
        var at = Math.max(5, reading.moments().stream().mapToInt(moment -> Width.of(at(moment))).max().orElse(0));
        var room = style.width() - number - at - 2;
        var columns = Math.max(1, reading.lanes().size());
        this.hasColumns = room / columns - 2 >= NARROWEST;
        this.widths = new ArrayList<>(List.of(number, at));
        for (int i = 0; i < (hasColumns ? columns : 1); i++) {
            widths.add(Math.max(NARROWEST, (hasColumns ? room / columns : room) - 2));
        }
    }

    static List<String> lines(LanesReading reading, TextStyle style) {
        return new TranscriptText(reading, style).rows();
    }

    private List<String> rows() {
        var lines = new ArrayList<String>();
        if (hasColumns) {
            var heads = new ArrayList<>(List.of("No.", Width.padLeft("at ms", widths.get(1)).replace(' ', '\u00a0')));
            reading.lanes().forEach(lane -> heads.add("\u00a0\u00a0" + lane.session()));
            lines.addAll(Grid.row(heads.stream().map(style::quiet).toList(), widths));
        }
        var waiting = new HashSet<Integer>();
        for (int i = 0; i < reading.moments().size(); i++) {
            lines.addAll(row(i + 1, reading.moments().get(i), waiting));
        }
        return lines;
    }

    /** @param waiting lanes that wait now: their column has a mark until they go on */
    private List<String> row(int number, Moment moment, Set<Integer> waiting) {
        if (moment.kind() == Kind.WAITS) {
            waiting.add(moment.lane());
        }
        var head = List.of(right(Integer.toString(number), widths.get(0)), right(at(moment), widths.get(1)));
        var row = new ArrayList<>(head.stream().map(style::quiet).toList());
        row.addAll(hasColumns ? columns(moment, waiting) : List.of(style.bold(reading.lanes().get(moment.lane()).session()) + ": " + words(moment)));
        if (moment.kind() != Kind.WAITS) {
            waiting.remove(moment.lane());
        }
        return Grid.row(row, widths);
    }

    private List<String> columns(Moment moment, Set<Integer> waiting) {
        var said = Wrap.lines(words(moment), widths.getLast() - 2);
        return IntStream.range(0, reading.lanes().size()).mapToObj(lane -> {
            var lines = lane == moment.lane() ? said : waiting.contains(lane) ? said.stream().map(line -> "").toList() : List.<String>of();
            var margin = waiting.contains(lane) ? style.in("wait", WAITING) : "\u00a0";
            return String.join("\n", lines.stream().map(line -> line.isEmpty() ? margin : margin + "\u00a0" + line).toList());
        }).toList();
    }

    private String words(Moment moment) {
        var sql = moment.sql().isEmpty() ? "" : moment.sql() + " ";
        var lasted = moment.lastsLong() ? Numbers.of(moment.lastedMs(), "ms") : "";
        return (sql + switch (moment.kind()) {
            case RUNS -> lasted.isEmpty() ? "" : whole(style.quiet("for " + lasted));
            case WAITS -> whole(style.in("wait", moment.note()));
            case GOES_ON -> whole(style.quiet("goes on after " + Numbers.of(moment.lastedMs(), "ms")));
            case FAILS -> whole(style.in("bad", ("✗ fails " + moment.note()).strip())) + (lasted.isEmpty() ? "" : " " + whole(style.quiet("after " + lasted)));
        }).strip();
    }

    private static String at(Moment moment) {
        return Numbers.of(moment.atMs());
    }

    private static String right(String text, int width) {
        return Width.padLeft(text, width).replace(' ', '\u00a0');
    }

    /** In one line. */
    private static String whole(String text) {
        return text.replace(' ', '\u00a0');
    }
}
