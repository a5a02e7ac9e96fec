package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.group;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import kernel.output.ClaimReading;
import kernel.output.Numbers;
import kernel.output.Output;

/** A claim that held, and what was found: a value, several values, or rows of them. */
final class ClaimHtml {
    private ClaimHtml() { }

    static HtmlElement draw(Output.Claim claim) {
        var said = classed("p", "output claim",
            classed("span", "sign", "✓").with("aria-hidden", "true"),
            classed("span", "spoken", "Held: "), " ", Numbers.unbroken(claim.claim()));
        if (claim.actual().isBlank()) {
            return said;
        }
        var found = ClaimReading.of(claim.actual());
        return found.isTable() ? group(said, table(found)) : said.add(" ", values(found.rows().stream().map(List::getFirst).toList()));
    }

    private static HtmlElement values(List<String> values) {
        var actual = classed("span", "actual");
        for (int i = 0; i < values.size(); i++) {
            actual.add(i == 0 ? "" : " · ", values.size() > 1 && ClaimReading.isUnbroken(values.get(i)) ? classed("span", "value", values.get(i)) : values.get(i));
        }
        return actual;
    }

    /** Without heads, because a claim has none; each row with its number. */
    private static HtmlElement table(ClaimReading found) {
        var body = tag("tbody");
        for (int i = 0; i < found.rows().size(); i++) {
            var row = tag("tr", tag("th", i + 1).with("scope", "row"));
            found.rows().get(i).forEach(value -> row.add(tag("td", value)));
            body.add(row);
        }
        return classed("div", "output actual scroll", tag("table", body));
    }
}
