package grading.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes verdicts for machines: as JSON, and as the XML that build servers read. */
public final class Reports {
    public static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Reports() { }

    /** One verdict as a report, several as an array of reports. */
    public static void json(List<Verdict> verdicts, Path file) {
        var reports = verdicts.stream().map(Report::of).toList();
        write(file, JSON.writeValueAsString(reports.size() == 1 ? reports.getFirst() : reports) + "\n");
    }

    /** A test suite for each exercise. */
    public static void junit(List<Verdict> verdicts, Path file) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        verdicts.forEach(verdict -> suite(verdict, xml));
        write(file, xml.append("</testsuites>\n").toString());
    }

    private static void suite(Verdict verdict, StringBuilder xml) {
        var checks = verdict.checks();
        xml.append(String.format(Locale.ROOT, "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%.3f\">%n",
            verdict.exercise().id() + " " + verdict.exercise().topic(), checks.size(), count(checks, CheckStatus.FAILED),
            count(checks, CheckStatus.TIMED_OUT) + count(checks, CheckStatus.BROKEN), count(checks, CheckStatus.SKIPPED), verdict.took().toNanos() / 1e9));
        for (var check : checks) {
            xml.append(String.format(Locale.ROOT, "    <testcase name=\"%s\" classname=\"%s\" time=\"%.3f\">", escaped(check.sentence()),
                verdict.exercise().verifierClass(), check.took().toNanos() / 1e9));
            var message = escaped(check.cause().message());
            switch (check.status()) {
                case PASSED -> { }
                case FAILED -> xml.append("<failure>").append(message).append("</failure>");
                case TIMED_OUT, BROKEN -> xml.append("<error>").append(message).append("</error>");
                case SKIPPED -> xml.append("<skipped message=\"").append(message).append("\"/>");
            }
            if (!check.output().isEmpty()) {
                xml.append("<system-out>").append(escaped(check.output())).append("</system-out>");
            }
            xml.append("</testcase>\n");
        }
        xml.append("  </testsuite>\n");
    }

    private static long count(List<Check> checks, CheckStatus status) {
        return checks.stream().filter(check -> check.status() == status).count();
    }

    /** XML 1.0 has no way to write most control characters, and answers print what they like. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "\uFFFD")
            .replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
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
