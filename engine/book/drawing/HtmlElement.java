package book.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kernel.output.VisibleText;

/**
 * A piece of HTML under construction. Strings added to it are text and are escaped, so that nothing that came from a
 * database or an error message can become markup.
 */
public final class HtmlElement {
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<String> content = new ArrayList<>();

    private HtmlElement(String name) {
        this.name = name;
    }

    /** Begins an element; see {@link #add} for its children. */
    public static HtmlElement tag(String name, Object... children) {
        return new HtmlElement(name).add(children);
    }

    /** Begins an element with one class, or several separated by spaces. */
    public static HtmlElement classed(String name, String cssClass, Object... children) {
        return tag(name, children).with("class", cssClass);
    }

    /** Several pieces side by side, without an element around them. */
    public static HtmlElement group(Object... children) {
        return tag("", children);
    }

    /** Sets an attribute of this element, its value escaped. */
    public HtmlElement with(String attribute, Object value) {
        attributes.put(attribute, value.toString());
        return this;
    }

    /** Appends tags as markup, lists item by item, and everything else as text. */
    public HtmlElement add(Object... children) {
        for (var child : children) {
            switch (child) {
                case HtmlElement element -> content.add(element.toString());
                case List<?> several -> several.forEach(this::add);
                default -> content.add(escape(child.toString()));
            }
        }
        return this;
    }

    @Override public String toString() {
        var inner = String.join("", content);
        if (name.isEmpty()) {
            return inner;
        }
        var html = new StringBuilder("<").append(name);
        attributes.forEach((key, value) -> html.append(' ').append(key).append("=\"").append(escape(value)).append('"'));
        return html.append('>').append(inner).append("</").append(name).append('>').toString();
    }

    /** Text as HTML: markup characters as entities, control characters (which HTML forbids) as their visible pictures. */
    public static String escape(String text) {
        var html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                default -> html.appendCodePoint(visible(point));
            }
        });
        return html.toString();
    }

    private static int visible(int point) {
        boolean forbidden = point >= 0x7f && point < 0xa0 || point >= 0xd800 && point < 0xe000 || (point & 0xfffe) == 0xfffe;
        return forbidden ? 0xfffd : point == '\r' ? point : VisibleText.picture(point);
    }
}
