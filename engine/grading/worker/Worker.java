package grading.worker;

import grading.Answer;
import grading.Clone;
import grading.RedisClone;
import grading.protocol.Logins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import lab.os.Folders;
import timing.Phases;

/**
 * The program of the child JVM. Commands come one a line: {@code compile}; {@code run}, and {@code refute}, a run that ends
 * with the first refusal; {@code clone} and {@code redis}, the answers to requests of ours; {@code where}; {@code rehearse}
 * and {@code meet}, to get used to a compilation and to the server. The thread that reads them never runs anything of the
 * answer's, so that it hears when the host has gone, however busy the answer is.
 */
public final class Worker {
    private final HostChannel host;
    private final AnswerOutput output = new AnswerOutput();
    private final LinkedBlockingQueue<Clone> clones = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RedisClone> redises = new LinkedBlockingQueue<>();
    private final WorkerWarmUp workerWarmUp = new WorkerWarmUp();
    private volatile VerifierRun verifierRun;
    private volatile Thread checks;

    private Worker(HostChannel host) {
        this.host = host;
    }

    public static void main(String... args) throws Exception {
        var worker = new Worker(HostChannel.open());
        worker.output.takeOver();
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        Runtime.getRuntime().addShutdownHook(new Thread(worker::sayWhoEndedIt));
        Phases.note("w:ready");
        worker.host.send("ready");
        worker.workerWarmUp.loadJUnit();
        worker.listen();
        Folders.delete(Path.of("").toAbsolutePath()); // a host that was killed cannot do it
        Runtime.getRuntime().halt(0);
    }

    private void listen() throws Exception {
        for (var command = host.read(); !command.isEmpty(); command = host.read()) {
            var rest = command.subList(1, command.size());
            switch (command.getFirst()) {
                case "compile" -> {
                    workerWarmUp.makeWay();
                    inBackground(() -> compile(rest));
                }
                case "rehearse" -> workerWarmUp.compile(Path.of(rest.getFirst()), paths(rest.subList(1, rest.size())));
                case "meet" -> workerWarmUp.connect(Logins.login(rest));
                case "run" -> inBackground(() -> run(rest, false));
                case "refute" -> inBackground(() -> run(rest, true));
                case "clone" -> clones.add(Logins.clone(rest));
                case "redis" -> redises.add(new RedisClone(rest.get(0), Integer.parseInt(rest.get(1)), rest.get(2), rest.get(3)));
                case "where" -> host.send("at", place(), output.take());
                default -> throw new IllegalArgumentException("the host said " + command.getFirst());
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void inBackground(Work work) {
        checks = Thread.ofPlatform().name("checks").start(() -> {
            try {
                work.run();
            } catch (Throwable e) { // whatever an answer throws must reach the host as a message
                var answer = verifierRun == null ? Map.<String, byte[]>of() : verifierRun.answer();
                host.send("died", e instanceof AnswerOutput.Flood ? e.getMessage() : e.toString(),
                    FailureExplanation.place(e, answer).orElse(""), output.take());
            }
        });
    }

    /** Fields: class of the verifier, its source, sources of the answer. */
    private void compile(List<String> fields) throws Exception {
        Phases.note("w:compile");
        switch (AnswerCompiler.compile(paths(fields.subList(2, fields.size())), Path.of(fields.get(1)))) {
            case AnswerCompiler.Result.Refused(var rung, var problems) -> {
                var message = new ArrayList<>(List.of("refused", rung));
                problems.forEach(problem -> message.add(problem.toString()));
                host.send(message.toArray(String[]::new));
            }
            case AnswerCompiler.Result.Compiled compiled -> {
                Phases.note("w:compiled");
                verifierRun = new VerifierRun(compiled, fields.getFirst());
                var message = new ArrayList<>(List.of("compiled"));
                message.addAll(verifierRun.checks());
                host.send(message.toArray(String[]::new));
            }
        }
    }

    /** Fields: folder of the answer, then the clone. */
    private void run(List<String> fields, boolean toFirstRefusal) throws Exception {
        var before = LeftoverThreads.now();
        var snapshot = JvmSnapshot.now();
        output.start();
        verifierRun.run(new Answer(Path.of(fields.getFirst())), Logins.clone(fields.subList(1, fields.size())), this::freshClone, this::redis, toFirstRefusal, host, output);
        Phases.note("w:ran");
        snapshot.restore();
        output.takeOver();
        var message = new ArrayList<>(List.of("done"));
        for (var thread : LeftoverThreads.since(before)) {
            message.add((thread.isDaemon() ? "daemon " : "") + "thread " + thread.getName());
        }
        host.send(message.toArray(String[]::new));
    }

    private Clone freshClone() {
        return asked("clone?", clones);
    }

    /** The same for all checks of a run. */
    private RedisClone redis() {
        return asked("redis?", redises);
    }

    private <T> T asked(String question, LinkedBlockingQueue<T> answers) {
        host.send(question);
        try {
            return answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the host to answer " + question, e);
        }
    }

    private static List<Path> paths(List<String> names) {
        return names.stream().map(Path::of).toList();
    }

    private String place() {
        var answer = verifierRun == null ? Map.<String, byte[]>of() : verifierRun.answer();
        return FailureExplanation.place(checks.getStackTrace(), answer)
            .or(() -> Thread.getAllStackTraces().values().stream().flatMap(frames -> FailureExplanation.place(frames, answer).stream()).findFirst())
            .orElse("");
    }

    private void sayWhoEndedIt() {
        var answer = verifierRun == null ? Map.<String, byte[]>of() : verifierRun.answer();
        Thread.getAllStackTraces().values().stream()
            .filter(frames -> Arrays.stream(frames).anyMatch(f -> f.getClassName().equals("java.lang.Runtime") && f.getMethodName().equals("exit")))
            .findFirst().ifPresent(frames -> host.send("exiting", FailureExplanation.place(frames, answer).orElse(""), output.take()));
    }
}
