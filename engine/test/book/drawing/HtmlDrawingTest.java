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
        assertEquals(List.of("0.00%", "0.00%", "0%", "66.00%"), drawn.select(".bars svg").eachAttr("width"));
        assertEquals(List.of("0 ms", "−3 ms", "not measured", "4 ms"), drawn.select(".bars .value").eachText());
        assertEquals(4, drawn.select("tbody tr").size());
    }

    @Test void aChartWithOnlyMissingValuesIsDrawn() {
        var chart = new Output.Chart("t", "", List.of("a"), List.of(new Output.Chart.Series("s", List.of(Double.NaN))));
        assertEquals(List.of("0"), draw(chart).select("svg rect").eachAttr("height"));
    }

    @Test void whatIsSmallAndNotNothingIsSeen() {
        var comparison = draw(new Output.Comparison("t", "calls", List.of(new Output.Comparison.Bar("few", 1), new Output.Comparison.Bar("many", 10_000)), "s"));
        assertEquals(List.of("0.80%", "66.00%"), comparison.select(".bars svg").eachAttr("width"));
        assertEquals("1 call", comparison.select(".bars .value").getFirst().text());
        var chart = new Output.Chart("t", "buffers", List.of("2", "1000"), List.of(new Output.Chart.Series("offset", List.of(26.0, 10_711.0))));
        assertEquals(List.of("2", "130"), draw(chart).select("svg rect").eachAttr("height"));
    }

    @Test void aLongUnitStandsOnceAboveTheBars() {
        var drawn = draw(new Output.Comparison("lists", "entries in pg_stat_statements", List.of(new Output.Comparison.Bar("in", 2)), "s"));
        assertEquals("s lists: entries in pg_stat_statements", drawn.select("figcaption").text());
        assertEquals("2", drawn.select(".bars .value").text());
    }

    @Test void theAxesOfAChartHaveNamesAndItsUnitIsSaidOnce() {
        var chart = new Output.Chart("work done per second", "per second", List.of("1", "64"), List.of(new Output.Chart.Series("waiting", List.of(47.0, 2_822.0))));
        var drawn = draw(chart.over("connections"));
        assertEquals("work done per second", drawn.select("figcaption").text());
        assertEquals(List.of("per second", "connections"), drawn.select("svg .axis-name").eachText());
        assertEquals(List.of("per second"), draw(chart).select("svg .axis-name").eachText());
    }

    @Test void aChartWhoseFiguresFindNoRoomSideBySideHasItsBarsOneBelowTheOther() {
        var many = List.of("260 s", "270 s", "280 s", "290 s", "300 s", "310 s", "320 s", "330 s", "340 s", "350 s");
        var chart = new Output.Chart("t", "keys", many, List.of(new Output.Chart.Series("s", many.stream().map(one -> 1_000.0).toList())));
        assertEquals(10, draw(chart).select("dl.bars svg").size());
        assertEquals("t, by when they end", draw(chart.over("when they end")).select("figcaption").text());
    }

    @Test void aUuidAndATimeAreNotBroken() {
        var row = List.of(Optional.of("01a2268f-edc4-77ff-8433-2a5c7352624b"), Optional.of("2026-11-29 09:08:16.452+00"), Optional.of("a sentence of several words"));
        var columns = List.of(new Output.Table.Column("id", "uuid"), new Output.Table.Column("made", "timestamptz"), new Output.Table.Column("what", "text"));
        var cells = draw(new Output.Table(columns, List.of(row), false)).select("td");
        assertEquals(List.of(true, true, false), cells.stream().map(cell -> cell.hasClass("short")).toList());
    }

    @Test void seriesOfAChartShareOneScale() {
        var chart = new Output.Chart("t", "", List.of("a", "b"), List.of(
            new Output.Chart.Series("small", List.of(1.0, 2.0)), new Output.Chart.Series("large", List.of(2.0, 4.0))));
        assertEquals(List.of("33", "65", "65", "130"), draw(chart).select("svg rect").eachAttr("height"));
    }

    @Test void plansOfOneResultShareTheirScaleAndEachHasATitle() {
        var large = new Output.Plan(new Output.Plan.Node("Seq Scan", "on posts", 1, 1, 1, 18_207, 0, 1, List.of()), 0, 133);
        var small = new Output.Plan(new Output.Plan.Node("Index Scan", "using posts_author, on posts", 1, 1, 1, 1_000, 0, 1, List.of()), 0, 2);
        var drawn = Jsoup.parseBodyFragment(HtmlDrawing.draw(List.of(large, small)).toString()).body();
        assertEquals(List.of("100.00%", "5.49%"), drawn.select("svg.cost rect").eachAttr("width"));
        assertEquals(List.of("Seq Scan on posts · 18\u202f207 buffers · 133 ms", "Index Scan using posts_author · 1\u202f000 buffers · 2 ms"),
            drawn.select("figcaption").eachText());
        assertEquals(List.of("100.00%"), draw(small).select("svg.cost rect").eachAttr("width"));
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
        assertEquals("update waits for a lock", drawn.select("tbody tr").get(0).child(2).text());
        assertEquals("✗ fails", drawn.select("tbody tr").get(1).child(2).text());
        assertEquals(List.of("waited", "failed"), drawn.select(".legend li").eachText());
    }

    @Test void lanesHaveAColumnForEachSessionAndAMarkWhereOneWaits() {
        var ann = new Output.Lanes.Lane("Ann", List.of(new Output.Lanes.Span("begin", State.RAN, 0, 1, ""),
            new Output.Lanes.Span("idle in transaction", State.IDLE_IN_TRANSACTION, 1, 9, ""), new Output.Lanes.Span("commit", State.RAN, 9, 10, "")));
        var bob = new Output.Lanes.Lane("Bob", List.of(new Output.Lanes.Span("insert", State.WAITED, 2, 11, "waited for a lock"),
            new Output.Lanes.Span("insert", State.FAILED, 11, 11, "23505")));
        var drawn = draw(new Output.Lanes(List.of(ann, bob)));
        assertEquals(List.of("No.", "at ms", "Ann", "Bob"), drawn.select("thead th").eachText());
        assertEquals(List.of("begin", "insert waits for Ann", "commit", "✗ fails 23505"), drawn.select("td[data-session]").eachText());
        assertEquals(3, drawn.select("td.waiting").size(), "until it fails");
        assertEquals("✗ 23505", drawn.select("svg .fails").text(), "a failure of no width is seen");
        assertEquals("4", drawn.select("svg rect.failed").getFirst().attr("width"));
    }

    @Test void lanesWithoutAnyTimeAreDrawn() {
        assertFalse(draw(new Output.Lanes(List.of(new Output.Lanes.Lane("A", List.of())))).select("svg").isEmpty());
    }

    @Test void aLongValueOfAClaimMayBreakAndAShortOneNot() {
        var drawn = draw(new Output.Claim("what was done", "[drop index, alter table t alter column email type varchar(50)]"));
        assertEquals(List.of("drop index"), drawn.select(".value").eachText());
        assertTrue(drawn.text().endsWith("drop index · alter table t alter column email type varchar(50)"), drawn.text());
    }

    private static Element draw(Output output) {
        return Jsoup.parseBodyFragment(HtmlDrawing.draw(output).toString()).body();
    }
}
