package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The generated page of a lesson, read back: the one place where AsciiDoc is understood is Asciidoctor. */
public record Page(String title, Element opening, List<Section> sections) {

    /** A section of the page, in its order. */
    public sealed interface Section {
        /** The anchor of the section. */
        String id();

        /** Its heading, as text. */
        String title();

        /** Text without an experiment. */
        record Prose(String id, String title, Element body) implements Section { }

        /** A step: what to predict, the code, what it means. */
        record Step(String id, String title, Element question, Element code, Element meaning) implements Section { }
    }

    /** Read once as long as the file stays as it is: whoever comes second waits for the first. */
    private static final Map<Path, Kept<Page>> READ = new ConcurrentHashMap<>();
    private static final Map<Path, Kept<String>> TITLES = new ConcurrentHashMap<>();

    /** What was read from a file when it had been changed at this time. */
    private record Kept<T>(FileTime changed, T content) { }

    /** The page of a lesson as it is now, or one that holds only its name where the book was not built. */
    public static Page of(Lesson lesson) {
        return kept(READ, lesson.page(), () -> read(lesson));
    }

    /** The title of a lesson's page, of which nothing else is kept. */
    public static String title(Lesson lesson) {
        return kept(TITLES, lesson.page(), () -> READ.containsKey(lesson.page()) ? of(lesson).title() : read(lesson).title());
    }

    private static <T> T kept(Map<Path, Kept<T>> cache, Path file, Supplier<T> read) {
        var changed = changed(file);
        return cache.compute(file, (path, known) -> known != null && known.changed().equals(changed) ? known : new Kept<>(changed, read.get())).content();
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // the book is not built, and the page holds the lesson's name alone
        }
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
