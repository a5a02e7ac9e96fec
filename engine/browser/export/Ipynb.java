package browser.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kernel.cell.Cell;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a notebook in Jupyter's format, nbformat 4.5, for a kernel of Java. */
final class Ipynb {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int MAX_ID_LENGTH = 64;

    private Ipynb() { }

    static String of(ExportedDocument document) {
        var cells = new ArrayList<Map<String, Object>>();
        cells.add(markdown("taken-from", "*Taken from the notebook of \"" + document.title() + "\", a lesson of Postgres by Experiment. Its Java cells use the"
            + " words of `script.Script`, and its SQL cells run on the lesson's database: both are in `./jbang notebook " + document.lesson().number() + "`.*"));
        for (var part : document.parts()) {
            cells.add(switch (part) {
                case ExportedDocument.Part.Text text -> markdown(text.id(), (text.title().isEmpty() ? "" : "## " + text.title() + "\n\n") + Markdown.of(text.html()));
                case ExportedDocument.Part.Code code -> code(code);
            });
        }
        var notebook = new LinkedHashMap<String, Object>();
        notebook.put("cells", cells);
        notebook.put("metadata", Map.of("title", document.title(), "kernelspec", Map.of("name", "java", "display_name", "Java", "language", "java"),
            "language_info", Map.of("name", "java", "file_extension", ".jshell", "mimetype", "text/x-java-source")));
        notebook.put("nbformat", 4);
        notebook.put("nbformat_minor", 5);
        return JSON.writeValueAsString(notebook) + "\n";
    }

    private static Map<String, Object> markdown(String id, String text) {
        return cell("markdown", id, Map.of(), text);
    }

    private static Map<String, Object> cell(String type, String id, Map<String, Object> metadata, String source) {
        var cell = new LinkedHashMap<String, Object>();
        cell.put("cell_type", type);
        cell.put("id", id.length() > MAX_ID_LENGTH ? id.substring(id.length() - MAX_ID_LENGTH) : id);
        cell.put("metadata", metadata);
        cell.put("source", lines(source));
        return cell;
    }

    private static Map<String, Object> code(ExportedDocument.Part.Code code) {
        var cell = cell("code", code.cell().id(), metadata(code.cell()), code.cell().source());
        cell.put("execution_count", code.count() == 0 ? null : code.count());
        cell.put("outputs", code.shown().stream().map(Ipynb::output).toList());
        return cell;
    }

    /** What Jupyter has no field for: which language, who runs it, on which connection. */
    private static Map<String, Object> metadata(Cell cell) {
        if (cell.language() == Cell.Language.JAVA) {
            return Map.of();
        }
        var metadata = new HashMap<String, Object>(Map.of("vscode", Map.of("languageId", cell.language() == Cell.Language.SQL ? "sql" : "shellscript")));
        metadata.put("course", Map.of("language", cell.language().word(), "role", cell.role().word(), "session", cell.session()));
        return metadata;
    }

    private static Map<String, Object> output(ExportedDocument.Shown shown) {
        var output = new LinkedHashMap<String, Object>();
        if (!shown.stream().isEmpty()) {
            output.put("output_type", "stream");
            output.put("name", shown.stream().equals("err") ? "stderr" : "stdout");
            output.put("text", lines(shown.text()));
            return output;
        }
        output.put("output_type", "display_data");
        output.put("data", Map.of("text/html", lines(shown.html()), "text/plain", lines(shown.text())));
        output.put("metadata", Map.of());
        return output;
    }

    /** Each with its line end, as Jupyter writes them. */
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)"));
    }
}
