package terminal.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static terminal.drawing.TextDrawingTest.drawn;
import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import kernel.output.Output.Table.Column;
import org.junit.jupiter.api.Test;

class TableTextTest {
    @Test void aTableIsAlignedWithNumbersAtTheRight() {
        var table = new Output.Table(List.of(new Column("name", "text"), new Column("n", "int4")),
            List.of(row("ann", "5"), row("bartholomew", "1234")), false);
        assertEquals("""
            name        │    n
            ────────────┼─────
            ann         │    5
            bartholomew │ 1234
            2 rows""", drawn(table, 80));
    }

    @Test void nullTheEmptyStringAndTheWordNullLookDifferent() {
        var table = new Output.Table(List.of(new Column("v", "text")),
            List.of(List.of(Optional.empty()), row(""), row("NULL")), false);
        assertEquals(List.of("NULL", "''", "'NULL'"), TextDrawing.lines(table, TextStyle.plain(80)).subList(2, 5));
    }

    @Test void aWideTableIsCutToTheTerminalAndSaysSo() {
        var table = new Output.Table(List.of(new Column("id", "int4"), new Column("query", "text")),
            List.of(row("1", "select ".repeat(20))), true);
        var lines = TextDrawing.lines(table, TextStyle.plain(40));
        assertTrue(lines.stream().allMatch(line -> Width.of(line) <= 40), lines::toString);
        assertTrue(String.join(" ", lines).contains("The first 1 row; there are more; cut to fit: query"), lines::toString);
    }

    @Test void columnsWithoutRoomAreNamed() {
        var columns = java.util.stream.IntStream.range(0, 12).mapToObj(i -> new Column("column_" + i, "text")).toList();
        var table = new Output.Table(columns, List.of(row("abcdefghij,".repeat(11).split("(?<=,)(?=a)"))), false);
        assertTrue(String.join(" ", TableText.lines(cutToColumns(table), TextStyle.plain(40))).contains("no room for: column_"));
    }

    private static Output.Table cutToColumns(Output.Table table) {
        return new Output.Table(table.columns(), List.of(java.util.Collections.nCopies(12, Optional.of("abcdefghij"))), false);
    }

    private static List<Optional<String>> row(String... values) {
        return java.util.Arrays.stream(values).map(Optional::of).toList();
    }
}
