package book.build;

import book.Finding;
import book.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nu.validator.client.EmbeddedValidator;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the validator of the W3C's HTML checker (vnu) about every page. */
final class HtmlCheck {
    /** The validator reads its schema by recursion, deeper than the stack of an ordinary thread. */
    private static final long DEEP = 64L << 20;

    private HtmlCheck() { }

    /** @throws IOException when the validator fails, which says nothing about the book */
    static List<Finding> of(Site site) throws IOException {
        var check = new FutureTask<>(() -> findings(site));
        new Thread(null, check, "html-check", DEEP).start();
        try {
            return check.get(5, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("The HTML validator gave up: " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("The HTML validator was interrupted.", stopped);
        }
    }

    private static List<Finding> findings(Site site) throws IOException, SAXException {
        var findings = new ArrayList<Finding>();
        for (var file : site.files().entrySet()) {
            if (file.getKey().endsWith(".html")) {
                messages(file.getValue()).forEach(message -> findings.add(finding(file.getKey(), message)));
            }
        }
        return findings;
    }

    private static Iterable<JsonNode> messages(String html) throws IOException, SAXException {
        var validator = new EmbeddedValidator();
        validator.setOutputFormat(EmbeddedValidator.OutputFormat.JSON);
        try (var input = new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8))) {
            return JsonMapper.shared().readTree(validator.validate(input)).path("messages");
        }
    }

    private static Finding finding(String path, JsonNode message) {
        return new Finding("docs/" + path, message.path("lastLine").asInt(0),
            "vnu: " + message.path("message").asString("") + " — " + message.path("extract").asString("").strip(),
            "Correct the drawing in engine/book, or the HTML in the prose.");
    }
}
