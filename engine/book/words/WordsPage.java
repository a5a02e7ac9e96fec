package book.words;

import book.BookPage;
import book.Contents;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** The book's page of words: what each means, and where a reader first meets it. */
public final class WordsPage {
    static final String PATH = "words.html";
    private static final String TITLE = "The words of the lessons";

    private final Vocabulary vocabulary;
    private final List<Contents.Part> parts;
    private final Element main = new Element("main").addClass("words");

    private WordsPage(Vocabulary vocabulary, List<Contents.Part> parts) {
        this.vocabulary = vocabulary;
        this.parts = parts;
    }

    /** The page; the parts are where its links lead to. */
    public static BookPage of(Vocabulary vocabulary, List<Contents.Part> parts) {
        return new WordsPage(vocabulary, parts).page();
    }

    private BookPage page() {
        main.appendElement("h1").text(TITLE);
        main.appendElement("p").text("The code of the lessons is plain Java and JDBC, with the libraries that you know or that a lesson is about. "
            + "Few words are the course's own. Each is explained here, once, and shown where it first stands.");
        main.appendElement("p").append("A program has them from <code>import static script.Script.*</code>, "
            + "and a cell of the notebook without any import.");
        vocabulary.words().stream().collect(Collectors.groupingBy(Word::group, java.util.LinkedHashMap::new, Collectors.toList()))
            .forEach((group, words) -> {
                var section = section(group.replace(' ', '-'), Character.toUpperCase(group.charAt(0)) + group.substring(1));
                words.forEach(word -> entry(section, word));
            });
        types(section("types", "What the words give"));
        parts.stream().filter(part -> !vocabulary.own(part.lesson()).isEmpty()).forEach(part ->
            list(section("lesson-" + part.lesson().number(), "In lesson " + part.lesson().number() + " alone"), vocabulary.own(part.lesson())));
        return new BookPage(PATH, Vocabulary.SCRIPT, TITLE, "What does each word mean that is neither Java nor JDBC?", main);
    }

    private void types(Element section) {
        vocabulary.types().forEach((type, methods) -> {
            heading(section, type);
            list(section, methods);
        });
    }

    private Element section(String id, String title) {
        var section = main.append("\n\n").appendElement("section").addClass("prose").attr("id", id);
        section.appendElement("h2").text(title);
        return section;
    }

    private void entry(Element section, Word word) {
        heading(section, word);
        word.first().ifPresent(use -> {
            section.appendElement("p").addClass("first").append("First in " + link(use) + ":");
            pre(section, use.code());
        });
    }

    private static void heading(Element section, Word word) {
        section.append("\n").appendElement("h3").attr("id", word.anchor()).appendElement("code").text(word.name());
        var signatures = section.append("\n").appendElement("p").addClass("signature");
        word.signatures().forEach(signature -> signatures.appendElement("code").text(signature));
        section.append("\n" + word.doc());
    }

    private void list(Element section, List<Word> words) {
        if (words.isEmpty()) {
            return;
        }
        var list = section.append("\n").appendElement("dl");
        words.forEach(word -> {
            var term = list.append("\n").appendElement("dt").addClass("signature").attr("id", word.anchor());
            word.signatures().forEach(signature -> term.appendElement("code").text(signature));
            var meaning = list.appendElement("dd").append(word.doc());
            word.first().ifPresent(use -> meaning.appendElement("p").addClass("first").append("First in " + link(use) + "."));
        });
    }

    private static void pre(Element section, String code) {
        section.append("\n").appendElement("pre").appendElement("code").text(code);
    }

    /** To the step, or to the lesson where only the program uses the word. */
    private String link(Word.Use use) {
        var pages = parts.stream().collect(Collectors.toMap(part -> part.lesson().id(), Contents.Part::page));
        var page = pages.get(use.lesson().id());
        if (page == null) {
            return "lesson " + use.lesson().number();
        }
        var link = new Element("a").attr("href", page.path() + use.step().map(step -> "#" + step).orElse(""));
        var title = use.step().map(step -> page.main().select("section[id=" + step + "] > h2").text()).orElse("the program around the cells");
        return link.text(page.title() + ": " + title).outerHtml();
    }
}
