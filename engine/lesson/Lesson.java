package lesson;

import java.nio.file.Path;

/**
 * A lesson: a program, its prose, its recording.
 *
 * @param number two digits, "02"
 * @param topic  "pooling"
 */
public record Lesson(Home home, String number, String topic) {

    /** "02-pooling", the name of its folders. */
    public String id() {
        return number + "-" + topic;
    }

    /** Where its program and its prose are. */
    public Path folder() {
        return home.root().resolve("lessons").resolve(id());
    }

    /** The jbang script. */
    public Path program() {
        return folder().resolve("lesson" + number + ".java");
    }

    /** The AsciiDoc source. */
    public Path prose() {
        return folder().resolve("lesson" + number + ".adoc");
    }

    /** What its steps showed when an author ran them. */
    public Path recording() {
        return folder().resolve("lesson" + number + ".out");
    }

    /** What the lesson leaves to the next one, as files for Flyway; not every lesson has them. */
    public Path migrations() {
        return folder().resolve("migrations");
    }

    /** The generated page, from which the terminal takes the prose. */
    public Path page() {
        return home.root().resolve("docs").resolve(id() + ".html");
    }
}
