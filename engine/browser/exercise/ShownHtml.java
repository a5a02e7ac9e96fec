package browser.exercise;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlDrawing;
import kernel.cell.CellListener;
import kernel.output.Output;

/** What SQL shows, as HTML for the page. What is more than a page can hold is left out. */
final class ShownHtml implements CellListener {
    private static final int MAX_CHARACTERS = 1_000_000;
    private final StringBuilder html = new StringBuilder();
    private boolean isFull;

    @Override public synchronized void shown(Output output) {
        add(classed("div", "shown", HtmlDrawing.draw(output)).toString());
    }

    @Override public synchronized void printed(String stream, String text) {
        add(classed("pre", "output print " + stream, tag("samp", text)).toString());
    }

    /** A sentence of the page's own. */
    synchronized void say(String sentence) {
        add(classed("p", "output text", sentence).toString());
    }

    private void add(String piece) {
        if (html.length() + piece.length() > MAX_CHARACTERS) {
            html.append(isFull ? "" : classed("p", "empty", "This is more than a page can hold; the rest is left out.").toString());
            isFull = true;
        } else if (!isFull) {
            html.append(piece);
        }
    }

    synchronized String html() {
        return html.toString();
    }
}
