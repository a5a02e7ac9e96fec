package browser;

import browser.exercise.AnswerFiles;
import browser.exercise.Exercises;
import browser.export.Download;
import browser.http.CommandBody;
import browser.http.IdempotentCommands;
import browser.http.Refusal;
import browser.http.Request;
import browser.http.Responses;
import browser.notebook.CellCommands;
import browser.notebook.Notebook;
import browser.notebook.Notebooks;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import lesson.Exercise;
import lesson.Home;

/** The addresses below {@code /api/05-indexing/}: what a page can ask of a lesson's notebook, and its commands. */
final class Api {
    private final Home home;
    private final Notebooks notebooks;
    private final Exercises exercises;
    private final IdempotentCommands idempotentCommands = new IdempotentCommands();

    Api(Home home, Notebooks notebooks, Exercises exercises) {
        this.home = home;
        this.notebooks = notebooks;
        this.exercises = exercises;
    }

    void serve(Request request) throws IOException, InterruptedException {
        var parts = request.parts();
        if (parts.size() < 3) {
            throw Refusal.notFound("address " + request.path());
        }
        var notebook = notebooks.of(parts.get(1));
        var command = String.join("/", parts.subList(2, parts.size()));
        if (request.isCommand()) {
            var body = new CommandBody(request.body());
            var answer = idempotentCommands.run(request.header("X-Course-Command"),
                () -> command.startsWith("exercise/") ? exerciseCommand(notebook, command, body) : CellCommands.run(notebook, command, body));
            Responses.json(request.exchange(), command.equals("exercise/verify") ? 202 : 200, ok(answer));
        } else {
            get(notebook, command, request);
        }
    }

    private void get(Notebook notebook, String command, Request request) throws IOException, InterruptedException {
        var exchange = request.exchange();
        switch (command) {
            case "state" -> Responses.json(exchange, 200, notebook.state(exercisesAndProgress(notebook)));
            case "events" -> stream(notebook, request);
            case "export" -> Download.send(notebook, request);
            default -> throw new Refusal(404, "there is nothing under " + command);
        }
    }

    private Map<String, Object> exercisesAndProgress(Notebook notebook) {
        return Map.of("exercises", exercises.of(notebook.lesson()), "progress", exercises.progress());
    }

    private void stream(Notebook notebook, Request request) throws IOException, InterruptedException {
        var exchange = request.exchange();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        var window = notebook.open(request.query("window").orElse(""), exercisesAndProgress(notebook));
        exchange.sendResponseHeaders(200, 0);
        notebook.events().stream(window, exchange.getResponseBody());
    }

    private Map<String, Object> exerciseCommand(Notebook notebook, String command, CommandBody body) {
        var exercise = exercise(body.text("id"));
        return switch (command) {
            case "exercise/state" -> exercises.state(exercise);
            case "exercise/save" -> tellProgress(notebook, AnswerFiles.save(exercise, body.text("file"), body.text("source"), body.text("hash")));
            case "exercise/hint" -> exercises.hint(exercise);
            case "exercise/solution" -> exercises.solution(exercise, body.flag("giveUp"));
            case "exercise/reset" -> tellProgress(notebook, exercises.reset(exercise));
            case "exercise/verify" -> {
                exercises.verification().verify(exercise, event -> {
                    notebook.events().tell("exercise", event);
                    tellProgress(notebook, event);
                });
                yield Map.of("id", exercise.id());
            }
            default -> throw new Refusal(404, "there is no command " + command);
        };
    }

    private Exercise exercise(String id) {
        return home.exercises().stream().filter(one -> one.id().equals(id)).findFirst()
            .orElseThrow(() -> Refusal.notFound("exercise " + id));
    }

    /** The command may have changed the progress, which every window shows. */
    private Map<String, Object> tellProgress(Notebook notebook, Map<String, Object> answer) {
        notebook.events().tell("progress", exercises.progress());
        return answer;
    }

    private static Map<String, Object> ok(Map<String, Object> answer) {
        var body = new LinkedHashMap<String, Object>();
        body.put("ok", true);
        body.putAll(answer);
        return body;
    }
}
