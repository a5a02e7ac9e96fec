package browser.notebook;

import book.drawing.Drawing;
import browser.http.Command;
import browser.http.Refusal;
import browser.runtime.Kernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.cell.Cell;

/** Commands about cells and what they run on. */
public final class CellCommands {
    private CellCommands() { }

    /** @return what the page gets to know at once; the rest comes as events */
    public static Map<String, Object> run(Notebook notebook, String asked, Command command) {
        var running = notebook.running();
        switch (asked) {
            case "open" -> running.ground().warm();
            case "run" -> start(notebook, command);
            case "stop" -> running.stop();
            case "reset" -> running.mending().reset(command.is("replay"));
            case "watch" -> running.watch().turn(command.is("on"));
            case "remove" -> notebook.writing().remove(command.word("id"));
            default -> {
                return tell(notebook, asked, command);
            }
        }
        return Map.of();
    }

    private static Map<String, Object> tell(Notebook notebook, String asked, Command command) {
        return switch (asked) {
            case "save" -> Map.of("rev", notebook.writing().save(command.word("id"), command.word("source"), command.number("rev", 0), command.word("by", "")));
            case "restore" -> Map.of("cell", notebook.writing().restore(command.word("id")));
            case "scratch" -> Map.of("cell", notebook.writing().scratch(command.word("after", ""),
                command.language().orElse(Cell.Language.SQL), command.role().orElse("app"), command.session().orElse(""), command.word("source", "")));
            case "change" -> Map.of("cell", notebook.writing().change(command.word("id"), command.language(), command.role(), command.session()));
            case "complete" -> complete(notebook, command);
            case "describe" -> Map.of("text", kernels(notebook).flatMap(on -> on.describe(asTyped(notebook, command), cursor(command))).orElse(""));
            case "more" -> more(notebook, command);
            case "log" -> Map.of("lines", notebook.running().ground().server().log(notebook.slot(command.word("id"))));
            default -> throw new Refusal(404, "there is no command " + asked);
        };
    }

    private static void start(Notebook notebook, Command command) {
        var cells = command.several("cells");
        if (cells.isEmpty()) {
            throw new Refusal(400, "the command lacks \"cells\", the cells to run");
        }
        for (var cell : cells) {
            cell.ifWord("source").ifPresent(source -> notebook.writing().type(cell.word("id"), source, command.word("by", "")));
        }
        notebook.running().run(cells.stream().map(cell -> cell.word("id")).toList());
    }

    private static Optional<Kernels> kernels(Notebook notebook) {
        return notebook.running().ground().kernels();
    }

    private static Cell asTyped(Notebook notebook, Command command) {
        return notebook.slot(command.word("id")).cell().with(command.word("source"));
    }

    private static int cursor(Command command) {
        return Math.clamp(command.number("cursor"), 0, command.word("source").length());
    }

    private static Map<String, Object> complete(Notebook notebook, Command command) {
        var cursor = cursor(command);
        return kernels(notebook).map(on -> on.complete(asTyped(notebook, command), cursor)).map(found ->
                Map.<String, Object>of("from", found.from(), "to", cursor, "options", found.options()))
            .orElse(Map.of("from", cursor, "to", cursor, "options", List.of()));
    }

    private static Map<String, Object> more(Notebook notebook, Command command) {
        var slot = notebook.slot(command.word("id"));
        var result = slot.outputs.result(command.number("seq")).orElseThrow(() -> new Refusal(404, "there are no more rows of this result"));
        try {
            var more = notebook.running().ground().kernels().flatMap(Kernels::ready).orElseThrow(() -> new Refusal(409, "the database is not ready"))
                .more(result, command.number("offset"));
            var answer = new HashMap<String, Object>(Map.of("html", Drawing.draw(more.table()).toString(), "said", more.says()));
            answer.put("next", more.next() < 0 ? null : more.next());
            return answer;
        } catch (IllegalArgumentException e) {
            throw new Refusal(410, e.getMessage());
        }
    }
}
