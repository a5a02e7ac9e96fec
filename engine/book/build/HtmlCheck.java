package book.build;

import book.Finding;
import book.Site;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nu.validator.validation.SimpleDocumentValidator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/** Asks the Nu Html Checker (vnu) about every page. One validator for all: reading its schema is what takes the time. */
final class HtmlCheck implements ErrorHandler {
    /** The validator reads its schema by recursion, deeper than the stack of an ordinary thread. */
    private static final long STACK_BYTES = 64L << 20;
    private static final String HTML5 = "http://s.validator.nu/html5-all.rnc"; // a name in its jar; nothing is fetched

    private final List<Finding> findings = new ArrayList<>();
    private String page = "";

    private HtmlCheck() { }

    /** @throws IOException when the validator itself fails, which says nothing about the book */
    static List<Finding> of(Site site) throws IOException {
        var check = new FutureTask<>(() -> new HtmlCheck().findings(site));
        new Thread(null, check, "html-check", STACK_BYTES).start();
        try {
            return check.get(5, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("The HTML validator gave up: " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("The HTML validator was interrupted.", stopped);
        }
    }

    private List<Finding> findings(Site site) throws Exception {
        var validator = new SimpleDocumentValidator(true, false, false);
        validator.setUpMainSchema(HTML5, this);
        validator.setUpValidatorAndParsers(this, true, false);
        for (var file : site.files().entrySet()) {
            if (file.getKey().endsWith(".html")) {
                page = file.getKey();
                validator.checkHtmlInputSource(new InputSource(new StringReader(file.getValue())));
            }
        }
        return findings;
    }

    @Override public void warning(SAXParseException message) {
        findings.add(new Finding("docs/" + page, message.getLineNumber(), "vnu: " + message.getMessage(),
            "Correct the drawing in engine/book, or the HTML in the prose."));
    }

    @Override public void error(SAXParseException message) {
        warning(message);
    }

    @Override public void fatalError(SAXParseException message) {
        warning(message);
    }
}
