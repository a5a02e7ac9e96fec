package book.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import book.Samples;
import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import kernel.output.Output.Lanes.State;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class HtmlDrawingTest {
    private static final String EVIL = "<script>alert(\"x\")</script>&";

    @Test void nothingFromTheDatabaseBecomesMarkup() {
        for (var output : Samples.everyKind(EVIL)) {
            var html = HtmlDrawing.draw(output).toString();
            var drawn = Jsoup.parseBodyFragment(html);
            assertTrue(drawn.select("script").isEmpty(), html);
            assertTrue(drawn.text().contains(EVIL) || html.contains("&lt;script&gt;"), html);
        }
    }

    @Test void everyKindIsDrawnWithoutInlineStylesOrHandlers() {
        for (var output : Samples.everyKind("x")) {
            var drawn = Jsoup.parseBodyFragment(HtmlDrawing.draw(output).toString());
            assertTrue(drawn.select("[style], [onclick], style").isEmpty(), output.toString());
            assertFalse(drawn.select(".output").isEmpty(), output.toString());
        }
    }

    @Test void everyPictureSaysInWordsWhatItShows() {
        for (var output : Samples.everyKind("x")) {
            for (var picture : Jsoup.parseBodyFragment(HtmlDrawing.draw(output).toString()).select("svg")) {
                var named = picture.attr("role").equals("img") && picture.selectFirst("> title") != null;
                assertTrue(named || picture.attr("aria-hidden").equals("true"), picture.outerHtml());
            }
        }
    }

    @Test void nullTheEmptyStringAndTheWordNullLookDifferent() {
        var cells = draw(new Output.Table(List.of(new Output.Table.Column("a", "text")),
            List.of(List.of(Optional.empty()), List.of(Optional.of("")), List.of(Optional.of("NULL"))), false)).select("td");
        assertEquals("NULL", cells.get(0).select(".null").text());
        assertEquals("''", cells.get(1).select(".empty").text());
        assertEquals("'NULL'", cells.get(2).text());
        assertTrue(cells.get(2).select(".null").isEmpty());
    }

    @Test void aTruncatedTableSaysSo() {
        var table = new Output.Table(List.of(new Output.Table.Column("a", "int8")), List.of(List.of(Optional.of("1"))), true);
        assertEquals("The first 1 row; there are more", draw(table).select("figcaption").text());
    }

    @Test void aTableWithoutRowsOrColumnsIsStillATable() {
        assertEquals("0 rows", draw(new Output.Table(List.of(), List.of(), false)).select("figcaption").text());
    }

    @Test void textOfManyThousandCharactersIsKeptWhole() {
        var text = "a".repeat(20_000);
        assertEquals(text, draw(new Output.Text(text)).text());
    }

    @Test void controlCharactersBecomeVisible() {
        assertEquals("<p>␀␛ok</p>", HtmlElement.tag("p", "\u0000\u001bok").toString());
    }

    @Test void zeroNegativeAndMissingValuesHaveNoBarAndKeepTheirNumber() {
        var drawn = draw(new Output.Comparison("t", "ms", List.of(new Output.Comparison.Bar("zero", 0),
            new Output.Comparison.Bar("below", -3), new Output.Comparison.Bar("none", Double.NaN),
            new Output.Comparison.Bar("some", 4)), "s"));
        assertEquals(List.of("0.00%", "0.00%", "0%", "66.00%"), drawn.select("svg.bars rect").eachAttr("width"));
        assertEquals(List.of("0 ms", "−3 ms", "not measured", "4 ms"), drawn.select("svg.bars .value").eachText());
        assertEquals(4, drawn.select("tbody tr").size());
    }

    @Test void aChartWithOnlyMissingValuesIsDrawn() {
        var chart = new Output.Chart("t", "", List.of("a"), List.of(new Output.Chart.Series("s", List.of(Double.NaN))));
        assertEquals(List.of("0"), draw(chart).select("svg rect").eachAttr("height"));
    }

    @Test void seriesOfAChartShareOneScale() {
        var chart = new Output.Chart("t", "", List.of("a", "b"), List.of(
            new Output.Chart.Series("small", List.of(1.0, 2.0)), new Output.Chart.Series("large", List.of(2.0, 4.0))));
        assertEquals(List.of("33", "65", "65", "130"), draw(chart).select("svg rect").eachAttr("height"));
    }

    @Test void theNodeToLookAtFirstIsMarkedOnceAndTheMisjudgementWhereItBegan() {
        var drawn = draw(Samples.plan(""));
        assertEquals("Index Scan", drawn.select("tr.first strong").first().text());
        assertEquals(1, drawn.select(".look").size());
        assertEquals(1, drawn.select(".misjudged").size());
        assertEquals("planned 1, got 98\u202f214, 98\u202f214 times more than planned", drawn.select("tbody tr").get(2).select(".estimate").text());
    }

    @Test void theCaretStandsBelowTheCharacterThatPostgresNamed() {
        var pointed = FailureHtml.pointed("select id\nfrom ttt\n\twhere é𝄞 = x", 32).toString();
        assertEquals("select id\nfrom ttt\n\twhere é𝄞 = x\n\t           <span class=\"caret\">^</span>", pointed);
        assertEquals("select 1", FailureHtml.pointed("select 1", 0).toString());
        assertEquals("select 1", FailureHtml.pointed("select 1", 99).toString());
    }

    @Test void aFailureNamesItsStateOrElseItsKind() {
        assertTrue(draw(new Output.Failure("PSQLException", "m", "23505", "", "", "", 0)).text().contains("SQLSTATE 23505"));
        assertTrue(draw(new Output.Failure("SQLTransientConnectionException", "m", "", "", "", "", 0)).text()
            .contains("SQLTransientConnectionException"));
    }

    @Test void everyStretchOfALaneStandsInTheTableInWords() {
        var drawn = draw(new Output.Lanes(List.of(new Output.Lanes.Lane("A", List.of(
            new Output.Lanes.Span("update", State.WAITED, 5, 5, "for B"), new Output.Lanes.Span("", State.FAILED, 5, 9, ""))))));
        assertEquals("waited: update (for B)", drawn.select("tbody tr").get(0).child(2).text());
        assertEquals("failed", drawn.select("tbody tr").get(1).child(2).text());
        assertEquals(List.of("waited", "failed"), drawn.select(".legend li").eachText());
    }

    @Test void lanesWithoutAnyTimeAreDrawn() {
        assertFalse(draw(new Output.Lanes(List.of(new Output.Lanes.Lane("A", List.of())))).select("svg").isEmpty());
    }

    private static Element draw(Output output) {
        return Jsoup.parseBodyFragment(HtmlDrawing.draw(output).toString()).body();
    }
}
