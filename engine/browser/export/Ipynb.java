package browser.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kernel.cell.Cell;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a notebook in Jupyter's format, nbformat 4.5, for a kernel of Java. */
final class Ipynb {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
    private static final int MAX_ID_LENGTH = 64;

    private Ipynb() { }

    /** The file. */
    private record Notebook(List<IpynbCell> cells, NotebookMetadata metadata, int nbformat, @JsonProperty("nbformat_minor") int minor) { }

    private record NotebookMetadata(String title, KernelSpec kernelspec, @JsonProperty("language_info") LanguageInfo languageInfo) { }

    private record KernelSpec(String name, @JsonProperty("display_name") String displayName, String language) { }

    private record LanguageInfo(String name, @JsonProperty("file_extension") String fileExtension, String mimetype) { }

    /** A cell: its text or code, line by line. */
    private sealed interface IpynbCell {
        record Markdown(@JsonProperty("cell_type") String type, String id, Nothing metadata, List<String> source) implements IpynbCell { }

        /** @param count of its last run; nothing where it has not run */
        record Code(@JsonProperty("cell_type") String type, String id, Object metadata, List<String> source,
                    @JsonProperty("execution_count") Optional<Integer> count, List<IpynbOutput> outputs) implements IpynbCell { }
    }

    private record Nothing() { }

    /** What Jupyter has no field for: which language, who runs it, on which connection. */
    private record CodeMetadata(VsCode vscode, CourseMetadata course) { }

    private record VsCode(String languageId) { }

    private record CourseMetadata(String language, String role, String session) { }

    /** What a cell has shown or printed. */
    private sealed interface IpynbOutput {
        record Stream(@JsonProperty("output_type") String type, String name, List<String> text) implements IpynbOutput { }

        record DisplayData(@JsonProperty("output_type") String type, Data data, Nothing metadata) implements IpynbOutput { }
    }

    private record Data(@JsonProperty("text/html") List<String> html, @JsonProperty("text/plain") List<String> text) { }

    static String of(ExportedDocument document) {
        var cells = new ArrayList<IpynbCell>();
        cells.add(markdown("taken-from", "*Taken from the notebook of \"" + document.title() + "\", a lesson of Postgres by Experiment. Its Java cells use the"
            + " words of `script.Script`, and its SQL cells run on the lesson's database: both are in `./jbang notebook " + document.lesson().number() + "`.*"));
        for (var part : document.parts()) {
            cells.add(switch (part) {
                case ExportedDocument.Part.Text text -> markdown(text.id(), (text.title().isEmpty() ? "" : "## " + text.title() + "\n\n") + Markdown.of(text.html()));
                case ExportedDocument.Part.Code code -> code(code);
            });
        }
        var metadata = new NotebookMetadata(document.title(), new KernelSpec("java", "Java", "java"), new LanguageInfo("java", ".jshell", "text/x-java-source"));
        return JSON.writeValueAsString(new Notebook(cells, metadata, 4, 5)) + "\n";
    }

    private static IpynbCell markdown(String id, String text) {
        return new IpynbCell.Markdown("markdown", valid(id), new Nothing(), lines(text));
    }

    private static String valid(String id) {
        return id.length() > MAX_ID_LENGTH ? id.substring(id.length() - MAX_ID_LENGTH) : id;
    }

    private static IpynbCell code(ExportedDocument.Part.Code code) {
        return new IpynbCell.Code("code", valid(code.cell().id()), metadata(code.cell()), lines(code.cell().source()),
            Optional.of(code.count()).filter(count -> count > 0), code.shown().stream().map(Ipynb::output).toList());
    }

    private static Object metadata(Cell cell) {
        return cell.language() == Cell.Language.JAVA ? new Nothing() : new CodeMetadata(
            new VsCode(cell.language() == Cell.Language.SQL ? "sql" : "shellscript"), new CourseMetadata(cell.language().word(), cell.role().word(), cell.session()));
    }

    private static IpynbOutput output(ExportedDocument.Shown shown) {
        return shown.stream().isEmpty() ? new IpynbOutput.DisplayData("display_data", new Data(lines(shown.html()), lines(shown.text())), new Nothing())
            : new IpynbOutput.Stream("stream", shown.stream().equals("err") ? "stderr" : "stdout", lines(shown.text()));
    }

    /** Each with its line end, as Jupyter writes them. */
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)"));
    }
}
