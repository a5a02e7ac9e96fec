package browser.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import kernel.cell.Cell;
import lab.Role;
import lesson.UnknownName;
import tools.jackson.databind.JsonNode;

/** What a page sends with a command. What is missing or of the wrong kind is refused with a sentence. */
public record CommandBody(JsonNode body) {

    /** A text that has to be there. */
    public String text(String name) {
        return textIfPresent(name).orElseThrow(() -> new Refusal(400, "the command lacks \"" + name + "\", a text"));
    }

    /** A text that may be missing. */
    public Optional<String> textIfPresent(String name) {
        return Optional.of(body.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
    }

    /** A text, or what counts where it is missing. */
    public String text(String name, String otherwise) {
        return textIfPresent(name).orElse(otherwise);
    }

    /** A whole number that has to be there. */
    public int number(String name) {
        if (!body.path(name).canConvertToInt()) {
            throw new Refusal(400, "the command lacks \"" + name + "\", a number");
        }
        return body.path(name).asInt();
    }

    /** A whole number, or what counts where it is missing. */
    public int number(String name, int otherwise) {
        return body.has(name) ? number(name) : otherwise;
    }

    /** Whether it is there and true. */
    public boolean flag(String name) {
        return body.path(name).isBoolean() && body.path(name).asBoolean();
    }

    /** A list of objects; empty where it is missing. */
    public List<CommandBody> list(String name) {
        return StreamSupport.stream(body.path(name).spliterator(), false).map(CommandBody::new).toList();
    }

    /** The language of a cell, java, sql or shell. */
    public Optional<Cell.Language> language() {
        return textIfPresent("language").map(word -> known("language", word, List.of("java", "sql", "shell"))).map(Cell.Language::of);
    }

    /** The role of an SQL cell. */
    public Optional<Role> role() {
        return textIfPresent("role").map(word -> known("role", word, Role.words())).map(Role::of);
    }

    private static String known(String kind, String word, List<String> words) {
        try {
            return UnknownName.check(kind, word, words);
        } catch (UnknownName unknown) {
            throw new Refusal(400, unknown.getMessage());
        }
    }

    /** The name of a session, which becomes a part of sentences and of names of connections. */
    public Optional<String> session() {
        return textIfPresent("session").map(word -> {
            if (!word.matches("[\\p{L}\\p{N} _-]{0,20}")) {
                throw new Refusal(400, "a session's name has at most 20 letters, digits and dashes: A, B");
            }
            return word.strip();
        });
    }
}
