package grading.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes verdicts for machines: as JSON, and as the XML that build servers read. */
public final class Reports {
    /** The status of a report that says nothing about the answer. */
    public static final String ERROR = "error";
    public static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Reports() { }

    /**
     * One verdict as a {@link Report}, several as an array of reports.
     *
     * @throws UncheckedIOException where the file cannot be written
     */
    public static void json(List<Verdict> verdicts, Path file) {
        var reports = verdicts.stream().map(Report::of).toList();
        write(file, JSON.writeValueAsString(reports.size() == 1 ? reports.getFirst() : reports) + "\n");
    }

    /** A test suite for each exercise. @throws UncheckedIOException where the file cannot be written */
    public static void junit(List<Verdict> verdicts, Path file) {
        write(file, junit(verdicts.stream().map(Report::of).toList()));
    }

    /** The same as text. */
    public static String junit(List<Report> reports) {
        return JunitXml.of(reports);
    }

    private static void write(Path file, String text) {
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + file, e);
        }
    }
}
