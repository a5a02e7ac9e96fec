package browser;

import browser.exercise.AnswerFiles;
import browser.exercise.ExerciseSql;
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
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import lab.Role;
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
        if (!request.isCommand() && request.path().equals("/api/progress")) {
            Responses.json(request.exchange(), 200, exercises.progress());
            return;
        }
        if (parts.size() < 3) {
            throw Refusal.notFound("address " + request.path());
        }
        var notebook = notebooks.of(parts.get(1));
        var command = String.join("/", parts.subList(2, parts.size()));
        if (request.isCommand()) {
            var body = new CommandBody(request.body());
            var answer = idempotentCommands.run(request.header("X-Course-Command"),
                () -> command.startsWith("exercise/") ? exerciseCommand(notebook, command, body) : CellCommands.run(notebook, command, body));
            Responses.json(request.exchange(), command.equals("exercise/verify") ? 202 : 200, new Carried(true, answer));
        } else {
            get(notebook, command, request);
        }
    }

    private void get(Notebook notebook, String command, Request request) throws IOException, InterruptedException {
        var exchange = request.exchange();
        switch (command) {
            case "state" -> Responses.json(exchange, 200, notebook.view(exercises.beside(notebook.lesson())));
            case "events" -> stream(notebook, request);
            case "export" -> Download.send(notebook, request);
            default -> throw new Refusal(404, "there is nothing under " + command);
        }
    }

    private void stream(Notebook notebook, Request request) throws IOException, InterruptedException {
        var exchange = request.exchange();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        var before = exercises.beside(notebook.lesson());
        var window = notebook.open(request.query("window").orElse(""), before);
        tellIfChanged(notebook, before.progress());
        exchange.sendResponseHeaders(200, 0);
        notebook.events().stream(window, exchange.getResponseBody());
    }

    /** The progress is no part of the notebook: it may have changed just before the window was there to be told. */
    private void tellIfChanged(Notebook notebook, Exercises.CourseProgress before) {
        if (!exercises.progress().equals(before)) {
            tellProgress(notebook);
        }
    }

    private Object exerciseCommand(Notebook notebook, String command, CommandBody body) {
        var exercise = exercise(body.text("id"));
        return switch (command) {
            case "exercise/state" -> exercises.state(exercise);
            case "exercise/hint" -> exercises.hint(exercise);
            case "exercise/solution" -> exercises.solution(exercise, body.flag("giveUp"));
            case "exercise/save" -> {
                var saved = AnswerFiles.save(exercise, body.text("file"), body.text("source"), body.text("hash"));
                tellProgress(notebook);
                yield saved;
            }
            case "exercise/reset" -> {
                var state = exercises.reset(exercise);
                tellProgress(notebook);
                yield state;
            }
            case "exercise/verify" -> verify(notebook, exercise);
            case "exercise/sql" -> sql(notebook, exercise, body);
            case "exercise/sql-stop" -> {
                exercises.sql().stop(exercise);
                yield new Accepted(exercise.id());
            }
            default -> throw new Refusal(404, "there is no command " + command);
        };
    }

    private Accepted verify(Notebook notebook, Exercise exercise) {
        exercises.verification().verify(exercise, news -> {
            notebook.events().tell("exercise", news);
            tellProgress(notebook);
        });
        return new Accepted(exercise.id());
    }

    private Accepted sql(Notebook notebook, Exercise exercise, CommandBody body) {
        var request = new ExerciseSql.Request(body.text("source", ""), body.role().orElse(Role.APP), body.flag("fresh"), body.flag("answer"));
        exercises.sql().run(exercise, request, news -> notebook.events().tell("exercise-sql", news));
        return new Accepted(exercise.id());
    }

    /** The rest comes as events. */
    private record Accepted(String id) { }

    private Exercise exercise(String id) {
        return home.exercises().stream().filter(one -> one.id().equals(id)).findFirst()
            .orElseThrow(() -> Refusal.notFound("exercise " + id));
    }

    /** A command may have changed the progress, which every window shows. */
    private void tellProgress(Notebook notebook) {
        notebook.events().tell("progress", exercises.progress());
    }

    /** @param answer a record, whose fields stand beside it */
    private record Carried(boolean ok, @JsonUnwrapped Object answer) { }
}
