package grading;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import lab.os.Processes;

/** An {@link AnswerProgram} that was started: a service that says in a line where it listens, and answers requests. */
public final class RunningProgram implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d{1,5})\\b");
    private static final Duration START = Duration.ofSeconds(18);
    private static final Duration ANSWER = Duration.ofSeconds(12);
    private static final Duration END = Duration.ofSeconds(8);
    private static final int KEPT = 4_000;
    private static final int SHOWN = 1_200;
    private final StringBuilder output = new StringBuilder();
    private final Process process;
    private final HttpClient client;
    private final Thread reader;
    private volatile int listens;

    RunningProgram(Process process, HttpClient client) {
        this.process = process;
        this.client = client;
        reader = Processes.readPipe(this::read);
    }

    /** Keeps the end of what it prints. */
    private void read() {
        var buffer = new char[1024];
        try (Reader pipe = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int read = pipe.read(buffer); read >= 0; read = pipe.read(buffer)) {
                synchronized (output) {
                    output.append(buffer, 0, read);
                    output.delete(0, Math.max(0, output.length() - KEPT));
                    found().ifPresent(port -> listens = port);
                }
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    private Optional<Integer> found() {
        var line = LISTENS.matcher(output);
        return listens == 0 && line.find() && line.end() < output.length() ? Optional.of(Integer.valueOf(line.group(1))) : Optional.empty();
    }

    /** Where it listens; waits until it says so. @throws Mismatch where it ends before, or never does */
    public int port() throws Exception {
        Task.until(START, () -> listens != 0 || !process.isAlive());
        if (listens == 0) {
            reader.join(END);
            var state = process.isAlive() ? "no such line" : "it ended with exit code " + process.exitValue();
            throw new Mismatch("The program, when it has been started", "a line 'listening on 127.0.0.1:' and the port, within " + START.toSeconds() + " s",
                state + printed(), "What does it need, and what does it print?");
        }
        return listens;
    }

    /** The end of what it printed, for a message; without characters that a terminal would obey. */
    public String printed() {
        synchronized (output) {
            var end = output.substring(Math.max(0, output.length() - SHOWN)).replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\n]]", "?").strip();
            return end.isEmpty() ? "" : "; it printed:\n" + end;
        }
    }

    /** Sends a request and waits for its answer. @throws Mismatch where there is none in time */
    public Reply send(String method, String path, Map<String, String> headers, String body) throws Exception {
        try {
            return reply(method, path, headers, body);
        } catch (IOException | TimeoutException e) {
            throw new Mismatch(method + " " + path, "an answer within " + ANSWER.toSeconds() + " s",
                (e instanceof TimeoutException ? "none" : process.isAlive() ? "none, " + e : "none: it has ended") + printed(), "Does it wait for something, or has it failed?");
        }
    }

    /** The same of a program that may be ended meanwhile; empty where no answer comes. */
    public Optional<Reply> trySend(String method, String path, Map<String, String> headers, String body) throws Exception {
        try {
            return Optional.of(reply(method, path, headers, body));
        } catch (IOException | TimeoutException e) {
            return Optional.empty();
        }
    }

    /** Asks for something. */
    public Reply get(String path, Map<String, String> headers) throws Exception {
        return send("GET", path, headers, "");
    }

    private Reply reply(String method, String path, Map<String, String> headers, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        var answer = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            var response = answer.get(ANSWER.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply(method + " " + path, response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : e;
        } finally {
            answer.cancel(true);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. Returns when it is gone. */
    public void kill() {
        Processes.end(process);
        awaitEnd();
    }

    /** Asks it to end, as {@code kill} does. @return whether it did, within some seconds */
    public boolean stop() {
        process.destroy();
        return awaitEnd();
    }

    private boolean awaitEnd() {
        try {
            var ended = process.waitFor(END.toNanos(), TimeUnit.NANOSECONDS);
            if (ended) {
                reader.join(END);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override public void close() {
        kill();
    }
}
