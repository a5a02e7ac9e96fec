package book.words;

import book.BookPage;
import java.util.Set;
import java.util.stream.Collectors;
import lesson.Lesson;
import org.jsoup.nodes.Element;

/** A line below a cell: the words that the page has not used before, each with a link to what it means. */
public final class NewWords {
    private NewWords() { }

    /** Adds the lines to a lesson's page. */
    public static void add(BookPage page, Lesson lesson, Vocabulary vocabulary) {
        vocabulary.newIn(lesson).forEach((step, words) -> page.main().select("> section.step[id=" + step + "] > pre.cell")
            .forEach(cell -> cell.after(line(words)).after("\n")));
    }

    private static Element line(Set<Word> words) {
        return new Element("p").addClass("new-words").append((words.size() == 1 ? "New word: " : "New words: ") + words.stream()
            .map(word -> "<a href=\"" + WordsPage.PATH + "#" + word.anchor() + "\"><code>" + word.name() + "</code></a>")
            .collect(Collectors.joining(", ")));
    }
}
