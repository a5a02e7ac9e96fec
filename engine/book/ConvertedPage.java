package book;

import java.util.Map;
import java.util.Optional;

/**
 * An AsciiDoc file after Asciidoctor: its title, the attributes of its header and its body as HTML.
 *
 * @param source the file, relative to the clone, with slashes
 */
public record ConvertedPage(String source, String title, Map<String, String> attributes, String html) {
    /** The value of an attribute of the header; empty where it has none. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).filter(value -> !value.isBlank());
    }
}
