package browser.notebook;

import book.drawing.HtmlDrawing;
import browser.http.CommandBody;
import browser.http.Refusal;
import browser.runtime.Kernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.cell.Cell;
import lab.Role;

/** The commands of a page about cells and what they run on. */
public final class CellCommands {
    private CellCommands() { }

    /**
     * Carries out a command.
     *
     * @param command the last part of its address, "run"
     * @return what the page gets to know at once; the rest comes as events
     * @throws Refusal for a command that there is not, or that cannot be carried out now
     */
    public static Map<String, Object> run(Notebook notebook, String command, CommandBody body) {
        var runner = notebook.runner();
        switch (command) {
            case "open" -> runner.runtime().ensureStarted();
            case "run" -> start(notebook, body);
            case "stop" -> runner.stop();
            case "reset" -> runner.recovery().reset(body.flag("replay"));
            case "watch" -> runner.activity().turn(body.text("by", ""), body.flag("on"));
            case "remove" -> notebook.editor().remove(body.text("id"));
            default -> {
                return answer(notebook, command, body);
            }
        }
        return Map.of();
    }

    private static Map<String, Object> answer(Notebook notebook, String command, CommandBody body) {
        return switch (command) {
            case "save" -> Map.of("rev", notebook.editor().save(body.text("id"), body.text("source"), body.number("rev", 0), body.text("by", "")));
            case "restore" -> Map.of("cell", notebook.editor().restore(body.text("id")));
            case "scratch" -> Map.of("cell", notebook.editor().scratch(body.text("after", ""),
                body.language().orElse(Cell.Language.SQL), body.role().orElse(Role.APP), body.session().orElse(""), body.text("source", "")));
            case "change" -> Map.of("cell", notebook.editor().change(body.text("id"), body.language(), body.role(), body.session()));
            case "complete" -> complete(notebook, body);
            case "describe" -> Map.of("text", kernels(notebook).flatMap(kernels -> kernels.describe(asTyped(notebook, body), cursor(body))).orElse(""));
            case "more" -> more(notebook, body);
            case "log" -> Map.of("lines", notebook.runner().runtime().server().log(notebook.cell(body.text("id"))));
            default -> throw new Refusal(404, "there is no command " + command);
        };
    }

    private static void start(Notebook notebook, CommandBody body) {
        var cells = body.list("cells");
        if (cells.isEmpty()) {
            throw new Refusal(400, "the command lacks \"cells\", the cells to run");
        }
        for (var cell : cells) {
            cell.textIfPresent("source").ifPresent(source -> notebook.editor().edit(cell.text("id"), source, body.text("by", "")));
        }
        notebook.runner().run(cells.stream().map(cell -> cell.text("id")).toList());
    }

    private static Optional<Kernels> kernels(Notebook notebook) {
        return notebook.runner().runtime().kernels();
    }

    private static Cell asTyped(Notebook notebook, CommandBody body) {
        return notebook.cell(body.text("id")).cell().with(body.text("source"));
    }

    private static int cursor(CommandBody body) {
        return Math.clamp(body.number("cursor"), 0, body.text("source").length());
    }

    private static Map<String, Object> complete(Notebook notebook, CommandBody body) {
        var cursor = cursor(body);
        return kernels(notebook).map(kernels -> kernels.complete(asTyped(notebook, body), cursor)).map(found ->
                Map.<String, Object>of("from", found.from(), "to", cursor, "options", found.options()))
            .orElse(Map.of("from", cursor, "to", cursor, "options", List.of()));
    }

    private static Map<String, Object> more(Notebook notebook, CommandBody body) {
        var notebookCell = notebook.cell(body.text("id"));
        var result = notebookCell.outputs.result(body.number("seq")).orElseThrow(() -> new Refusal(404, "there are no more rows of this result"));
        try {
            var moreRows = notebook.runner().runtime().kernels().flatMap(Kernels::sqlKernel).orElseThrow(() -> new Refusal(409, "the database is not ready"))
                .more(result, body.number("offset"));
            var answer = new HashMap<String, Object>(Map.of("html", HtmlDrawing.draw(moreRows.table()).toString(), "said", moreRows.says()));
            answer.put("next", moreRows.next() < 0 ? null : moreRows.next());
            return answer;
        } catch (IllegalArgumentException e) {
            throw new Refusal(410, e.getMessage());
        }
    }
}
