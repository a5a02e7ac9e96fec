package grading.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Verdicts as the XML of JUnit's reports, which build servers read: a suite for each exercise, a case for each check. */
final class JunitXml {
    private final XMLStreamWriter xml;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(List<Verdict> verdicts) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (var verdict : verdicts) {
                new JunitXml(xml).suite(verdict);
            }
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report could not be written into memory", e);
        }
        return text + "\n";
    }

    private void suite(Verdict verdict) throws XMLStreamException {
        var checks = verdict.checks();
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute("name", verdict.exercise().id() + " " + verdict.exercise().topic());
        attribute("tests", String.valueOf(checks.size()));
        attribute("failures", count(checks, Check.Status.FAILED));
        attribute("errors", count(checks, Check.Status.TIMED_OUT, Check.Status.BROKEN));
        attribute("skipped", count(checks, Check.Status.SKIPPED));
        attribute("time", seconds(verdict.took().toNanos()));
        for (var check : checks) {
            testcase(check, verdict.exercise().verifierClass());
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void testcase(Check check, String verifierClass) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute("name", check.sentence());
        attribute("classname", verifierClass);
        attribute("time", seconds(check.took().toNanos()));
        var message = check.cause().message();
        switch (check.status()) {
            case PASSED -> { }
            case FAILED -> element("failure", message);
            case TIMED_OUT, BROKEN -> element("error", message);
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                attribute("message", message);
            }
        }
        if (!check.output().isEmpty()) {
            element("system-out", check.output());
        }
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(writable(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, writable(value));
    }

    /** XML 1.0 has no way to write most control characters, and answers print what they like. */
    private static String writable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }

    private static String count(List<Check> checks, Check.Status... statuses) {
        return String.valueOf(checks.stream().filter(check -> List.of(statuses).contains(check.status())).count());
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
