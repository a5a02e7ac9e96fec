package browser.notebook.state;

import browser.notebook.state.CellOutput.Drawn;
import browser.notebook.state.CellOutput.Printed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a cell has shown since it was last started, for windows that open later. Bounded: what comes after the limit is left out.
 *
 * <p>Each piece knows the one before it. So another piece copies none of those before, however much there is, and an older state
 * keeps what it had. Prints are joined only up to {@value #MAX_PIECE} characters, which bounds what one print copies.
 *
 * @param last       the last piece; nothing where nothing was shown
 * @param count      how many outputs there are
 * @param characters how many have come, those left out included
 * @param isFull     whether something was left out
 */
public record CellOutputs(Optional<Piece> last, int count, int characters, boolean isFull) {
    private static final int MAX_CHARACTERS = 2_000_000;
    private static final int MAX_OUTPUTS = 500;
    private static final int MAX_PIECE = 4_096;
    private static final String FULL = "This is more than a page can hold; the rest is left out.\n";
    static final CellOutputs NONE = new CellOutputs(Optional.empty(), 0, 0, false);

    /** An output or a part of what was printed, and what came before it. */
    record Piece(CellOutput output, Optional<Piece> before) { }

    /**
     * The outputs with one more.
     *
     * @param told what the windows have to be told; nothing where it was left out
     */
    record Addition(CellOutputs outputs, Optional<CellOutput> told) { }

    Addition draw(Drawn drawn) {
        var counted = count(drawn.html().length());
        if (counted.isFull) {
            return counted.leaveOut(isFull);
        }
        var placed = drawn.at(count);
        return new Addition(counted.append(placed, last, count + 1), Optional.of(placed));
    }

    /** Appends to what was printed last, so that the text stays in its place among the outputs. */
    Addition print(String stream, String text) {
        var counted = count(text.length());
        return counted.isFull ? counted.leaveOut(isFull) : counted.printed(stream, text);
    }

    private CellOutputs count(int more) {
        var all = characters + more;
        return new CellOutputs(last, count, all, isFull || all > MAX_CHARACTERS || count > MAX_OUTPUTS);
    }

    private Addition leaveOut(boolean wasFull) {
        return wasFull ? new Addition(this, Optional.empty()) : printed("err", FULL);
    }

    private Addition printed(String stream, String text) {
        var previous = last.map(Piece::output).filter(output -> output instanceof Printed printed && printed.stream().equals(stream)).map(Printed.class::cast);
        var seq = previous.map(Printed::seq).orElse(count);
        var next = previous.filter(printed -> printed.text().length() + text.length() <= MAX_PIECE)
            .map(printed -> append(new Printed(seq, stream, printed.text() + text), last.flatMap(Piece::before), count))
            .orElseGet(() -> append(new Printed(seq, stream, text), last, seq + 1));
        return new Addition(next, Optional.of(new Printed(seq, stream, text)));
    }

    private CellOutputs append(CellOutput output, Optional<Piece> before, int number) {
        return new CellOutputs(Optional.of(new Piece(output, before)), number, characters, isFull);
    }

    /** All outputs in order; what was printed in one place is one output. */
    public List<CellOutput> all() {
        return pieces().stream().collect(Collectors.groupingBy(CellOutput::seq, LinkedHashMap::new, Collectors.toList()))
            .values().stream().map(CellOutputs::joined).toList();
    }

    private static CellOutput joined(List<CellOutput> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        var printed = pieces.stream().map(Printed.class::cast).toList();
        var text = printed.stream().map(Printed::text).collect(Collectors.joining());
        return new Printed(printed.getFirst().seq(), printed.getFirst().stream(), text);
    }

    private List<CellOutput> pieces() {
        var pieces = new ArrayList<CellOutput>();
        for (var piece = last; piece.isPresent(); piece = piece.get().before()) {
            pieces.add(piece.get().output());
        }
        return pieces.reversed();
    }

    private List<Drawn> drawn() {
        return pieces().stream().filter(Drawn.class::isInstance).map(Drawn.class::cast).toList();
    }

    /** What stays the same of them from run to run. */
    public List<String> shapes() {
        return drawn().stream().map(Drawn::shape).toList();
    }

    /** The id under which further rows of an output are kept; nothing where there are none. */
    public Optional<String> result(int seq) {
        return drawn().stream().filter(drawn -> drawn.seq() == seq).map(Drawn::result).filter(result -> !result.isEmpty()).findFirst();
    }
}
