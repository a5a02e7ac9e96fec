package grading.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import lesson.Exercise;

/** Verdicts as the XML of JUnit's reports, which build servers read: a suite for each exercise, a case for each check. */
final class JunitXml {
    private final XMLStreamWriter xml;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(List<Report> reports) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (var report : reports) {
                new JunitXml(xml).suite(report);
            }
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report could not be written into memory", e);
        }
        return text + "\n";
    }

    private void suite(Report report) throws XMLStreamException {
        var topic = report.id().substring(report.id().indexOf('/') + 1);
        var tests = report.tests();
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute("name", report.exercise() + " " + topic);
        attribute("tests", String.valueOf(tests.size()));
        attribute("failures", count(tests, "failed"));
        attribute("errors", count(tests, "timed_out", "broken"));
        attribute("skipped", count(tests, "skipped"));
        attribute("time", seconds(report.duration()));
        for (var test : tests) {
            testcase(test, Exercise.verifierClass(topic));
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void testcase(Report.Test test, String verifierClass) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute("name", test.name());
        attribute("classname", verifierClass);
        attribute("time", seconds(test.duration()));
        switch (test.state()) {
            case "failed" -> element("failure", test.message());
            case "timed_out", "broken" -> element("error", test.message());
            case "skipped" -> {
                xml.writeEmptyElement("skipped");
                attribute("message", test.message());
            }
            default -> { }
        }
        if (!test.output().isEmpty()) {
            element("system-out", test.output());
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

    private static String count(List<Report.Test> tests, String... states) {
        return String.valueOf(tests.stream().filter(test -> List.of(states).contains(test.state())).count());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
