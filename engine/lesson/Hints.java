package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The hints of an exercise, from its page: a hint is written once, in the exercise, and read by Asciidoctor alone. */
public final class Hints {
    private Hints() { }

    /** The hints in order, each an element of the page. An empty list where the page is not built yet. */
    public static List<Element> of(Exercise exercise) {
        if (!Files.exists(exercise.page())) {
            return List.of();
        }
        try {
            return List.copyOf(Jsoup.parse(Files.readString(exercise.page())).select("details.hint"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + exercise.page(), e);
        }
    }
}
