package browser.export;

import browser.http.Refusal;
import browser.http.Request;
import browser.http.Responses;
import browser.notebook.Notebook;
import browser.notebook.NotebookFile;
import browser.notebook.state.NotebookState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lesson.Home;
import lesson.Lesson;
import lesson.UnknownName;

/** Exports a notebook as a file. */
public final class Download {
    /** The words for what it can be written as. */
    public static final List<String> FORMATS = List.of("ipynb", "jbang");

    private Download() { }

    /** Sends the notebook as the windows see it, with what its cells have shown. @throws Refusal for an unknown format */
    public static void send(Notebook notebook, Request request) throws IOException {
        var format = request.query("as").filter(FORMATS::contains)
            .orElseThrow(() -> new Refusal(400, "a notebook is exported as=" + String.join(" or as=", FORMATS)));
        var text = text(notebook.lesson(), notebook.state(), format);
        var exchange = request.exchange();
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + name(notebook.lesson(), format) + "\"");
        Responses.send(exchange, 200, format.equals("ipynb") ? "application/x-ipynb+json" : "text/x-java-source; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What the learner has written in this clone, with the recorded outputs of what is still the lesson's.
     *
     * @param lesson "5", "05" or "indexing"
     * @param format one of {@link #FORMATS}
     * @throws UnknownName for another lesson or format
     */
    public static String text(Home home, String lesson, String format) throws IOException {
        var exported = home.lesson(lesson);
        return text(exported, NotebookFile.of(exported).open(), format);
    }

    private static String text(Lesson lesson, NotebookState state, String format) throws IOException {
        var document = ExportedDocument.of(lesson, state.cells().all());
        return switch (format) {
            case "ipynb" -> Ipynb.of(document);
            case "jbang" -> JbangScript.of(document);
            default -> throw UnknownName.of("format", format, FORMATS);
        };
    }

    /** The usual name of the file. */
    public static String name(Lesson lesson, String format) {
        return format.equals("ipynb") ? lesson.id() + ".ipynb" : "Notebook" + lesson.number() + ".java";
    }
}
