package browser;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import kernel.cell.Cell;
import tools.jackson.databind.JsonNode;

/** What a page can ask of a lesson's notebook, and tell it: {@code /api/05-indexing/…}. */
final class Api {
    private final Notebooks notebooks;

    Api(Notebooks notebooks) {
        this.notebooks = notebooks;
    }

    /** @param parts "api", the lesson, and what is asked for */
    void serve(Request request) throws IOException, InterruptedException {
        var parts = request.parts();
        if (parts.size() < 3) {
            throw Refusal.notFound("address " + request.path());
        }
        var notebook = notebooks.of(parts.get(1));
        var asked = String.join("/", parts.subList(2, parts.size()));
        if (request.isCommand()) {
            Answers.json(request.exchange(), 200, ok(command(notebook, asked, request.body())));
        } else {
            look(notebook, asked, request.exchange());
        }
    }

    private void look(Notebook notebook, String asked, HttpExchange exchange) throws IOException, InterruptedException {
        switch (asked) {
            case "state" -> Answers.json(exchange, 200, notebook.state());
            case "events" -> stream(notebook, exchange);
            default -> throw new Refusal(404, "there is nothing to look at under " + asked);
        }
    }

    private static void stream(Notebook notebook, HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        notebook.events().stream(notebook.open(Map.of()), exchange.getResponseBody());
    }

    private Map<String, Object> command(Notebook notebook, String asked, JsonNode body) {
        switch (asked) {
            case "open" -> notebook.warm();
            case "run" -> run(notebook, body);
            case "save" -> {
                return Map.of("rev", notebook.save(word(body, "id"), word(body, "source"), body.path("rev").asInt(0), body.path("by").asString("")));
            }
            case "restore" -> {
                return Map.of("cell", notebook.restore(word(body, "id")));
            }
            case "scratch" -> {
                return Map.of("cell", notebook.scratch(body.path("after").asString(""), language(body), body.path("role").asString("app"),
                    body.path("session").asString(""), body.path("source").asString("")));
            }
            case "remove" -> notebook.remove(word(body, "id"));
            default -> throw new Refusal(404, "there is no command " + asked);
        }
        return Map.of();
    }

    private static void run(Notebook notebook, JsonNode body) {
        var cells = StreamSupport.stream(body.path("cells").spliterator(), false).toList();
        for (var cell : cells) {
            if (cell.has("source")) {
                notebook.type(word(cell, "id"), word(cell, "source"), body.path("by").asString(""));
            }
        }
        notebook.run(cells.stream().map(cell -> word(cell, "id")).toList());
    }

    private static Cell.Language language(JsonNode body) {
        var word = word(body, "language");
        return List.of(Cell.Language.values()).stream().filter(one -> one.word().equals(word)).findFirst()
            .orElseThrow(() -> new Refusal(400, "a cell is in java, sql or shell, not in " + word));
    }

    private static String word(JsonNode body, String name) {
        if (!body.path(name).isString()) {
            throw new Refusal(400, "the command lacks \"" + name + "\"");
        }
        return body.path(name).asString();
    }

    private static Map<String, Object> ok(Map<String, Object> answer) {
        var body = new LinkedHashMap<String, Object>();
        body.put("ok", true);
        body.putAll(answer);
        return body;
    }
}
