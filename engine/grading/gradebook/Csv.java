package grading.gradebook;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import kernel.output.VisibleText;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Tables as RFC 4180 has them. What is written cannot be a formula of whoever opens it in a spreadsheet. */
final class Csv {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).setTrim(true).setTrailingData(true).setLenientEof(true).get();

    private Csv() { }

    static String line(List<String> fields) {
        return CSVFormat.RFC4180.format(fields.stream().map(Csv::harmless).toArray()) + "\r\n";
    }

    private static String harmless(String text) {
        var visible = VisibleText.of(text);
        return visible.matches("(?s)[=+\\-@\t\r\n].*") ? "'" + visible : visible;
    }

    /**
     * The lines of a table without those that are empty; commas or semicolons part the fields, as in its first line.
     *
     * @throws UncheckedIOException where a quote stands where none may
     */
    static List<List<String>> read(String text) {
        var content = text.startsWith("\ufeff") ? text.substring(1) : text;
        var first = content.lines().findFirst().orElse("");
        try (var parser = FORMAT.builder().setDelimiter(first.contains(";") && !first.contains(",") ? ';' : ',').get().parse(new StringReader(content))) {
            return parser.stream().map(CSVRecord::toList).filter(row -> row.stream().anyMatch(field -> !field.isBlank())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
