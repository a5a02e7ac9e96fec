package book;

import org.jsoup.nodes.Element;

/**
 * A page before it has its frame.
 *
 * @param path     where it stands in docs/, "exercises/02-1-bounded-pool.html"
 * @param source   the file its author edits, for findings
 * @param title    its name alone: "Bounded pool"
 * @param question the question it answers, for the index and the search; may be empty
 * @param main     the {@code main} element
 */
public record BookPage(String path, String source, String title, String question, Element main) {
    /** The way from this page to the top of docs/: empty, or "../". */
    public String root() {
        return "../".repeat((int) path.chars().filter(letter -> letter == '/').count());
    }
}
