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

/** Commands about cells and what they run on. */
public final class CellCommands {
    private CellCommands() { }

    /** @return what the page gets to know at once; the rest comes as events */
    public static Map<String, Object> run(Notebook notebook, String asked, CommandBody commandBody) {
        var runner = notebook.runner();
        switch (asked) {
            case "open" -> runner.runtime().ensureStarted();
            case "run" -> start(notebook, commandBody);
            case "stop" -> runner.stop();
            case "reset" -> runner.recovery().reset(commandBody.flag("replay"));
            case "watch" -> runner.activity().turn(commandBody.text("by", ""), commandBody.flag("on"));
            case "remove" -> notebook.editor().remove(commandBody.text("id"));
            default -> {
                return tell(notebook, asked, commandBody);
            }
        }
        return Map.of();
    }

    private static Map<String, Object> tell(Notebook notebook, String asked, CommandBody commandBody) {
        return switch (asked) {
            case "save" -> Map.of("rev", notebook.editor().save(commandBody.text("id"), commandBody.text("source"), commandBody.number("rev", 0), commandBody.text("by", "")));
            case "restore" -> Map.of("cell", notebook.editor().restore(commandBody.text("id")));
            case "scratch" -> Map.of("cell", notebook.editor().scratch(commandBody.text("after", ""),
                commandBody.language().orElse(Cell.Language.SQL), commandBody.role().orElse(Role.APP), commandBody.session().orElse(""), commandBody.text("source", "")));
            case "change" -> Map.of("cell", notebook.editor().change(commandBody.text("id"), commandBody.language(), commandBody.role(), commandBody.session()));
            case "complete" -> complete(notebook, commandBody);
            case "describe" -> Map.of("text", kernels(notebook).flatMap(on -> on.describe(asTyped(notebook, commandBody), cursor(commandBody))).orElse(""));
            case "more" -> more(notebook, commandBody);
            case "log" -> Map.of("lines", notebook.runner().runtime().server().log(notebook.cell(commandBody.text("id"))));
            default -> throw new Refusal(404, "there is no command " + asked);
        };
    }

    private static void start(Notebook notebook, CommandBody commandBody) {
        var cells = commandBody.list("cells");
        if (cells.isEmpty()) {
            throw new Refusal(400, "the command lacks \"cells\", the cells to run");
        }
        for (var cell : cells) {
            cell.textIfPresent("source").ifPresent(source -> notebook.editor().edit(cell.text("id"), source, commandBody.text("by", "")));
        }
        notebook.runner().run(cells.stream().map(cell -> cell.text("id")).toList());
    }

    private static Optional<Kernels> kernels(Notebook notebook) {
        return notebook.runner().runtime().kernels();
    }

    private static Cell asTyped(Notebook notebook, CommandBody commandBody) {
        return notebook.cell(commandBody.text("id")).cell().with(commandBody.text("source"));
    }

    private static int cursor(CommandBody commandBody) {
        return Math.clamp(commandBody.number("cursor"), 0, commandBody.text("source").length());
    }

    private static Map<String, Object> complete(Notebook notebook, CommandBody commandBody) {
        var cursor = cursor(commandBody);
        return kernels(notebook).map(on -> on.complete(asTyped(notebook, commandBody), cursor)).map(found ->
                Map.<String, Object>of("from", found.from(), "to", cursor, "options", found.options()))
            .orElse(Map.of("from", cursor, "to", cursor, "options", List.of()));
    }

    private static Map<String, Object> more(Notebook notebook, CommandBody commandBody) {
        var notebookCell = notebook.cell(commandBody.text("id"));
        var result = notebookCell.outputs.result(commandBody.number("seq")).orElseThrow(() -> new Refusal(404, "there are no more rows of this result"));
        try {
            var moreRows = notebook.runner().runtime().kernels().flatMap(Kernels::sqlKernel).orElseThrow(() -> new Refusal(409, "the database is not ready"))
                .more(result, commandBody.number("offset"));
            var answer = new HashMap<String, Object>(Map.of("html", HtmlDrawing.draw(moreRows.table()).toString(), "said", moreRows.says()));
            answer.put("next", moreRows.next() < 0 ? null : moreRows.next());
            return answer;
        } catch (IllegalArgumentException e) {
            throw new Refusal(410, e.getMessage());
        }
    }
}
