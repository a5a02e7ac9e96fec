package book.words;

import java.util.List;
import java.util.TreeMap;

/** The headings that a source file gives its methods: lines {@code // ---- reading plans}. */
final class Groups {
    private static final String MARK = "    // ---- ";
    private final TreeMap<Integer, String> byLine = new TreeMap<>();

    Groups(List<String> lines) {
        byLine.put(0, "");
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(MARK)) {
                byLine.put(i + 1, lines.get(i).substring(MARK.length()).strip());
            }
        }
    }

    /** The heading above a line, 1-based. */
    String at(int line) {
        return byLine.floorEntry(line).getValue();
    }
}
