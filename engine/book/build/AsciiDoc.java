package book.build;

import book.ClonePaths;
import book.ConvertedPage;
import book.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import lesson.Home;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.ast.Document;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;
import org.jsoup.Jsoup;

/** The one AsciiDoc reader of the course. Everything Asciidoctor warns of becomes a finding: the book has no second-best. */
final class AsciiDoc implements AutoCloseable {
    private static final Logger ASCIIDOCTOR_LOG = Logger.getLogger("asciidoctor");

    private final Asciidoctor asciidoctor = Asciidoctor.Factory.create();
    private final List<Finding> findings = new ArrayList<>();
    private final Home home;
    private Path current = Path.of("");

    AsciiDoc(Home home) {
        this.home = home;
        ASCIIDOCTOR_LOG.setUseParentHandlers(false); // a finding says the same once, with the name of the file
        asciidoctor.registerLogHandler(this::note);
        LiteralCode.in(asciidoctor);
    }

    ConvertedPage convert(Path file) throws IOException {
        current = file;
        var document = asciidoctor.load(Files.readString(file), options(file));
        var attributes = new HashMap<String, String>();
        document.getAttributes().forEach((name, value) -> attributes.put(name, String.valueOf(value)));
        return new ConvertedPage(ClonePaths.of(home, file), title(document), Map.copyOf(attributes), document.convert());
    }

    /** As text; Asciidoctor gives it as HTML, with an entity for an apostrophe. */
    private static String title(Document document) {
        return Jsoup.parseBodyFragment(document.getDoctitle()).text();
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Safe mode keeps includes inside the folder of the file: a lesson is complete where it stands. */
    private Options options(Path file) {
        return Options.builder()
            .safe(SafeMode.SAFE)
            .baseDir(file.getParent().toFile())
            .option(Options.TO_FILE, false)
            .attributes(Attributes.builder()
                .attribute("source-highlighter", "rouge")
                .attribute("rouge-css", "class")
                .attribute("idprefix", "").attribute("idseparator", "-")
                .attribute("icons", "font").attribute("experimental", true)
                .attribute("relfilesuffix", ".html").attribute("table-caption", false)
                .build())
            .build();
    }

    private void note(LogRecord record) {
        if (record.getSeverity().compareTo(Severity.WARN) < 0) {
            return;
        }
        var at = record.getCursor();
        boolean elsewhere = at != null && at.getFile() != null;
        findings.add(new Finding(ClonePaths.of(home, elsewhere ? Path.of(at.getFile()) : current),
            at == null ? 0 : at.getLineNumber(), "Asciidoctor says: " + record.getMessage().replace(home.root() + "/", ""),
            "Correct the prose, or the tag in the program that it includes."));
    }

    @Override public void close() {
        asciidoctor.close();
    }
}
