package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The generated page of a lesson, read back: the one place where AsciiDoc is understood is Asciidoctor. */
public record Page(String title, Element opening, List<Section> sections) {

    /** A section of the page, in its order. */
    public sealed interface Section {
        String id();

        String title();

        /** Text without an experiment. */
        record Prose(String id, String title, Element body) implements Section { }

        /** A step: what to predict, the code, what it means. */
        record Step(String id, String title, Element question, Element code, Element meaning) implements Section { }
    }

    /** Read once: whoever comes second waits for the first. A command lives too briefly for a page to change under it. */
    private static final Map<Path, Page> READ = new ConcurrentHashMap<>();
    private static final Map<Path, String> TITLES = new ConcurrentHashMap<>();

    /** The page of a lesson, or one that holds only its name where the book was not built. */
    public static Page of(Lesson lesson) {
        return READ.computeIfAbsent(lesson.page(), file -> read(lesson));
    }

    /** The title of a lesson's page, of which nothing else is kept. */
    public static String title(Lesson lesson) {
        return TITLES.computeIfAbsent(lesson.page(), file -> READ.containsKey(file) ? READ.get(file).title() : read(lesson).title());
    }

    private static Page read(Lesson lesson) {
        if (!Files.exists(lesson.page())) {
            return new Page(lesson.topic(), new Element("div"), List.of());
        }
        try {
            return parse(Files.readString(lesson.page()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lesson.page(), e);
        }
    }

    static Page parse(String html) {
        var main = Jsoup.parse(html).expectFirst("main");
        var title = main.expectFirst("h1").text();
        var opening = new Element("div");
        main.select("> .opening").forEach(opening::appendChild);
        var sections = new ArrayList<Section>();
        for (var section : main.select("> section.prose, > section.step")) {
            sections.add(section.hasClass("step") ? step(section) : prose(section));
        }
        return new Page(title, opening, sections);
    }

    private static Section step(Element section) {
        return new Section.Step(section.id(), heading(section), child(section, "> .question"),
            section.expectFirst("pre.cell code"), child(section, "> .meaning"));
    }

    private static Section prose(Element section) {
        var body = section.clone();
        body.select("> h2").remove();
        return new Section.Prose(section.id(), heading(section), body);
    }

    private static String heading(Element section) {
        return section.select("> h2").text();
    }

    private static Element child(Element section, String selector) {
        var found = section.selectFirst(selector);
        return found == null ? new Element("div") : found;
    }
}
