package browser.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a cell has shown since it was last started, for windows that open later. Bounded: what comes after the limit is left out. */
public final class CellOutputs {
    private static final int MAX_CHARACTERS = 2_000_000;
    private static final int MAX_OUTPUTS = 500;
    private final List<Map<String, Object>> outputs = new ArrayList<>();
    private final List<String> shapes = new ArrayList<>();
    private int characters;
    private int sequence;
    private boolean full;

    void clear() {
        outputs.clear();
        shapes.clear();
        characters = 0;
        sequence = 0;
        full = false;
    }

    /** @return the output as the page knows it, or nothing where the cell has shown too much already */
    Map<String, Object> add(String kind, String html, String shape, Map<String, Object> more) {
        if (isFull(html.length())) {
            return Map.of();
        }
        shapes.add(shape);
        var output = new LinkedHashMap<String, Object>();
        output.put("seq", sequence++);
        output.put("kind", kind);
        output.put("html", html);
        output.put("shape", shape);
        output.putAll(more);
        outputs.add(output);
        return output;
    }

    /** Appends to what was printed last, so that the text stays in its place among the outputs. */
    Map<String, Object> print(String stream, String text) {
        if (isFull(text.length())) {
            return Map.of();
        }
        return append(stream, text);
    }

    /** A sentence of the notebook's own, after what could be kept. */
    Map<String, Object> appendNotice(String sentence) {
        return append("err", sentence);
    }

    private Map<String, Object> append(String stream, String text) {
        var last = outputs.isEmpty() ? Map.<String, Object>of() : outputs.getLast();
        if (!stream.equals(last.get("stream"))) {
            last = new LinkedHashMap<>(Map.of("seq", sequence++, "kind", "print", "stream", stream, "text", new StringBuilder()));
            outputs.add(last);
        }
        ((StringBuilder) last.get("text")).append(text);
        return Map.of("seq", last.get("seq"), "stream", stream, "text", text);
    }

    private boolean isFull(int more) {
        characters += more;
        full |= characters > MAX_CHARACTERS || outputs.size() > MAX_OUTPUTS;
        return full;
    }

    boolean isFull() {
        return full;
    }

    List<String> shapes() {
        return List.copyOf(shapes);
    }

    /** The id under which further rows of an output are kept; nothing where there are none. */
    Optional<String> result(int seq) {
        return outputs.stream().filter(output -> output.get("seq").equals(seq)).findFirst().map(output -> (String) output.get("result"));
    }

    /** All outputs in order, as the page knows them: seq, kind, and html or stream and text. */
    public List<Map<String, Object>> all() {
        return outputs.stream().map(CellOutputs::copy).toList();
    }

    private static Map<String, Object> copy(Map<String, Object> output) {
        var copy = new LinkedHashMap<>(output);
        copy.computeIfPresent("text", (name, text) -> text.toString());
        return copy;
    }
}
