package browser.notebook;

import book.drawing.HtmlDrawing;
import browser.http.CommandBody;
import browser.http.Refusal;
import browser.notebook.state.CellView;
import browser.notebook.state.NotebookState;
import browser.notebook.state.PageCommand;
import browser.runtime.Kernels;
import java.util.List;
import java.util.Optional;
import kernel.cell.Cell;
import kernel.cell.Completion;
import lab.Role;

/** The commands of a page about cells and what they run on. */
public final class CellCommands {
    private CellCommands() { }

    /** What a page gets to know at once; its fields stand in the answer. */
    private sealed interface Answer {
        /** The rest comes as events. */
        record Accepted() implements Answer { }

        record Saved(int rev) implements Answer { }

        record Shown(CellView cell) implements Answer { }

        /** @param from where the options begin, in characters */
        record Completed(int from, int to, List<?> options) implements Answer { }

        record Described(String text) implements Answer { }

        /** @param next where still more rows begin; nothing where these were the last */
        record Rows(String html, String said, Optional<Integer> next) implements Answer { }

        record Logged(List<String> lines) implements Answer { }
    }

    /**
     * Carries out a command.
     *
     * @param command the last part of its address, "run"
     * @return what the page gets to know at once: a record
     * @throws Refusal for a command that there is not, or that cannot be carried out now
     */
    public static Object run(Notebook notebook, String command, CommandBody body) throws InterruptedException {
        return switch (command) {
            case "open" -> accepted(notebook, new PageCommand.Open());
            case "run" -> start(notebook, body);
            case "stop" -> accepted(notebook, new PageCommand.Stop());
            case "reset" -> accepted(notebook, new PageCommand.Reset(body.flag("replay")));
            case "remove" -> accepted(notebook, new PageCommand.Remove(body.text("id")));
            case "watch" -> {
                notebook.activity().turn(body.text("by", ""), body.flag("on"));
                yield new Answer.Accepted();
            }
            case "save", "restore", "scratch", "change" -> write(notebook, command, body);
            case "complete" -> complete(notebook, body);
            case "describe" -> new Answer.Described(notebook.kernels().flatMap(kernels -> kernels.describe(asTyped(notebook, body), cursor(body))).orElse(""));
            case "more" -> more(notebook, body);
            case "log" -> new Answer.Logged(notebook.log(body.text("id")));
            default -> throw new Refusal(404, "there is no command " + command);
        };
    }

    private static Answer accepted(Notebook notebook, PageCommand command) throws InterruptedException {
        notebook.ask(command);
        return new Answer.Accepted();
    }

    private static Answer write(Notebook notebook, String command, CommandBody body) throws InterruptedException {
        return switch (command) {
            case "save" -> {
                var save = new PageCommand.Save(body.text("id"), body.text("source"), body.number("rev", 0), body.text("by", ""));
                yield new Answer.Saved(notebook.ask(save).cell(save.cell()).code().rev());
            }
            case "restore" -> new Answer.Shown(notebook.ask(new PageCommand.Restore(body.text("id"))).view(body.text("id")));
            case "change" -> new Answer.Shown(notebook.ask(new PageCommand.Change(body.text("id"), body.language(), body.role(), body.session())).view(body.text("id")));
            default -> new Answer.Shown(newest(notebook.ask(new PageCommand.Add(body.text("after", ""), body.language().orElse(Cell.Language.SQL),
                body.role().orElse(Role.APP), body.session().orElse(""), body.text("source", "")))));
        };
    }

    private static CellView newest(NotebookState state) {
        return state.view(state.cells().newest());
    }

    private static Answer start(Notebook notebook, CommandBody body) throws InterruptedException {
        var cells = body.list("cells");
        if (cells.isEmpty()) {
            throw new Refusal(400, "the command lacks \"cells\", the cells to run");
        }
        for (var cell : cells) {
            var source = cell.textIfPresent("source");
            if (source.isPresent()) {
                notebook.ask(new PageCommand.Edit(cell.text("id"), source.get(), body.text("by", "")));
            }
        }
        return accepted(notebook, new PageCommand.Run(cells.stream().map(cell -> cell.text("id")).toList()));
    }

    private static Cell asTyped(Notebook notebook, CommandBody body) {
        return notebook.state().cell(body.text("id")).code().cell().with(body.text("source"));
    }

    private static int cursor(CommandBody body) {
        return Math.clamp(body.number("cursor"), 0, body.text("source").length());
    }

    private static Answer complete(Notebook notebook, CommandBody body) {
        var cursor = cursor(body);
        var found = notebook.kernels().map(kernels -> kernels.complete(asTyped(notebook, body), cursor));
        return new Answer.Completed(found.map(Completion::from).orElse(cursor), cursor, found.<List<?>>map(Completion::options).orElse(List.of()));
    }

    private static Answer more(Notebook notebook, CommandBody body) {
        var outputs = notebook.state().cell(body.text("id")).run().outputs();
        var result = outputs.result(body.number("seq")).orElseThrow(() -> new Refusal(404, "there are no more rows of this result"));
        try {
            var moreRows = notebook.kernels().flatMap(Kernels::sqlKernel).orElseThrow(() -> new Refusal(409, "the database is not ready"))
                .more(result, body.number("offset"));
            return new Answer.Rows(HtmlDrawing.draw(moreRows.table()).toString(), moreRows.says(), Optional.of(moreRows.next()).filter(next -> next >= 0));
        } catch (IllegalArgumentException e) {
            throw new Refusal(410, e.getMessage());
        }
    }
}
