package browser;

import book.drawing.HtmlElement;
import browser.exercise.Exercises;
import browser.http.Assets;
import browser.http.CommandBody;
import browser.http.Gate;
import browser.http.Pages;
import browser.http.Refusal;
import browser.http.ReloadScript;
import browser.http.Renewal;
import browser.http.Request;
import browser.http.Responses;
import browser.http.Secrets;
import browser.notebook.Notebooks;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lab.LabException;
import lab.Progress;
import lesson.Home;

/** Serves the notebook on 127.0.0.1. Each request has a thread of its own, so that none waits for a kernel. */
public final class NotebookServer implements AutoCloseable {
    private static final int BACKLOG = 64;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Secrets secrets = Secrets.random();
    private final Renewal renewal;
    private final Gate gate;
    private final Pages pages;
    private final Assets assets;
    private final Api api;
    private final Notebooks notebooks;
    private final Exercises exercises;

    private NotebookServer(Home home, HttpServer server, String key, String db) {
        this.server = server;
        this.renewal = new Renewal(key);
        var reload = ReloadScript.of(home.root());
        this.gate = new Gate(port(), secrets, reload);
        this.pages = new Pages(home, secrets, renewal, reload);
        this.assets = new Assets(home.root());
        this.notebooks = new Notebooks(home, db);
        this.exercises = new Exercises(home, db);
        this.api = new Api(home, notebooks, exercises);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * Starts at once; databases start when a page is opened.
     *
     * @param port 0 for any that is free
     * @param db   the word after {@code --db}
     * @throws LabException where the port is taken
     */
    public static NotebookServer start(Home home, int port, String db) {
        try {
            return start(home, port, db, Progress.SILENT);
        } catch (BindException e) {
            throw new LabException("port " + port + " is taken, perhaps by another notebook; take another one, or leave --port out"
                + " and a free one is found (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The same where it was the last time, for the pages that are still open; anywhere else where that port is taken.
     *
     * @param progress is told that
     */
    public static NotebookServer startWhereItWas(Home home, String db, Progress progress) {
        var last = ServerFile.of(home).read().port();
        try {
            return start(home, last, db, progress);
        } catch (BindException e) {
            progress.say("Port " + last + ", where the notebook was the last time, is taken, perhaps by a notebook that still runs. This one is"
                + " elsewhere; a page that is open there cannot know where, but gives what is not saved as a file.");
            return start(home, 0, db);
        }
    }

    private static NotebookServer start(Home home, int port, String db, Progress progress) throws BindException {
        // Or the answer to a small request waits 40 ms for the other side's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "60");
        try {
            var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            var server = HttpServer.create(address, BACKLOG);
            var file = ServerFile.of(home);
            var key = file.read().key();
            var started = new NotebookServer(home, server, key, db);
            file.write(started.port(), key, progress);
            started.server.start();
            return started;
        } catch (BindException e) {
            throw e;
        } catch (IOException e) {
            throw new LabException("cannot serve on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The address to open first, with the secret in it. @param page "05-indexing.html" */
    public String address(String page) {
        return "http://127.0.0.1:" + port() + "/" + page + "?token=" + secrets.token();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var nonce = Secrets.randomText();
        gate.headers(nonce).forEach(exchange.getResponseHeaders()::set);
        var request = new Request(exchange);
        try (exchange) {
            try {
                route(request, nonce);
            } catch (Refusal refusal) {
                refuse(request, refusal);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the server ends
            } catch (RuntimeException e) {
                refuse(request, new Refusal(500, "this should not have happened, and is the course's fault: " + e));
            }
        } catch (IOException e) {
            // the browser has gone, and there is nobody to answer
        }
    }

    private void route(Request request, String nonce) throws IOException, InterruptedException {
        switch (gate.check(request)) {
            case EXCHANGES_TOKEN -> exchangeToken(request);
            case RENEWS -> renew(request);
            case ADMITTED -> answer(request, nonce);
        }
    }

    private void answer(Request request, String nonce) throws IOException, InterruptedException {
        var path = request.path();
        if (path.startsWith("/api/")) {
            api.serve(request);
        } else if (request.isCommand()) {
            throw new Refusal(405, "only /api/ takes commands");
        } else if (path.startsWith("/assets/")) {
            assets.serve(request.exchange(), path.substring("/assets/".length()));
        } else {
            pages.serve(request.exchange(), path, nonce);
        }
    }

    /**
     * The cookie for the token. A browser that comes from a file or from another site would not send a strict cookie along a
     * redirect, so there the page itself goes on.
     */
    private void exchangeToken(Request request) throws IOException {
        var exchange = request.exchange();
        var target = exchange.getRequestURI().getRawPath().replaceFirst("^/+", "/");
        exchange.getResponseHeaders().set("Set-Cookie", gate.newCookie());
        if (request.header("Sec-Fetch-Site").filter(site -> !site.equals("none") && !site.equals("same-origin")).isPresent()) {
            exchange.getResponseHeaders().set("Refresh", "0; url=" + target);
            Responses.html(exchange, 200, page("The notebook is opening …"));
            return;
        }
        exchange.getResponseHeaders().set("Location", target);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(303, -1);
    }

    /** Two commands of a page whose secrets are of a run before: one with its nonce, one with its proof. */
    private void renew(Request request) throws IOException {
        var host = request.header("Host").orElseThrow();
        var body = new CommandBody(request.body());
        var proof = body.textIfPresent("proof");
        if (proof.isEmpty()) {
            Responses.json(request.exchange(), 200, renewal.challenge(host, body.text("nonce")));
            return;
        }
        renewal.check(host, proof.get());
        request.exchange().getResponseHeaders().set("Set-Cookie", gate.newCookie());
        Responses.json(request.exchange(), 200, new Renewal.Renewed(secrets.command()));
    }

    private static void refuse(Request request, Refusal refusal) throws IOException {
        var exchange = request.exchange();
        if (exchange.getResponseCode() != -1) {
            return; // the answer has begun
        }
        if (request.path() != null && request.path().startsWith("/api/")) {
            Responses.json(exchange, refusal.status(), refusal.body());
        } else {
            Responses.html(exchange, refusal.status(), page(refusal.getMessage()));
        }
    }

    private static String page(String sentence) {
        return "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + "<title>Postgres by Experiment</title><p>" + HtmlElement.escape(sentence) + "</p></html>";
    }

    /** Ends all notebooks, their servers, and the verifications. */
    @Override public void close() {
        notebooks.close();
        exercises.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
