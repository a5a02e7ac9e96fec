package grading.worker;

import grading.Clone;
import grading.PostgresPrograms;
import grading.RedisClone;
import grading.protocol.ClassFiles;
import grading.protocol.WorkerCommand;
import grading.protocol.WorkerReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import jvm.MessageLines;
import jvm.Secret;
import kernel.compile.JavaCompiler;
import lab.LabException;
import lab.os.Folders;
import lab.os.Processes;
import org.jline.utils.Signals;
import timing.Phases;

/**
 * The program of the child JVM: does what the host commands, and reports. The thread that reads the commands runs nothing of
 * the answer, so that it notices when the host is gone, however busy the answer is, and ends this process.
 */
public final class Worker {
    private final MessageLines host;
    private final AnswerOutput output = new AnswerOutput();
    private final LinkedBlockingQueue<Clone> clones = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RedisClone> redises = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<PostgresPrograms> programs = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<WorkerCommand.TakeClassPath> classPaths = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Optional<List<String>>> logs = new LinkedBlockingQueue<>();
    private final WorkerWarmUp warmUp = new WorkerWarmUp();
    private volatile CompiledVerifier verifier;
    private volatile Thread checks;

    private Worker(MessageLines host) {
        this.host = host;
    }

    /** Takes the streams of the process away from the answer before the answer comes; the secret is the first that arrives. */
    public static void main(String... args) throws Exception {
        Signals.register("INT", () -> { }); // Ctrl-C is for the host, which ends this process
        var secret = Secret.receive(System.in);
        var worker = new Worker(MessageLines.ofChild(System.in, new FileOutputStream(FileDescriptor.out), secret));
        System.setIn(InputStream.nullInputStream());
        worker.output.takeOver();
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        Runtime.getRuntime().addShutdownHook(new Thread(worker::reportExit));
        Phases.note("w:ready");
        worker.report(new WorkerReport.Ready());
        worker.warmUp.loadJUnit();
        worker.serve();
        Processes.endChildren();
        Folders.delete(Path.of("").toAbsolutePath()); // a host that was killed cannot do it
        Runtime.getRuntime().halt(0);
    }

    private void serve() throws IOException {
        for (var message = next(); message.isPresent(); message = next()) {
            obey(WorkerCommand.of(message.get()));
        }
    }

    private Optional<byte[]> next() throws IOException {
        return host.next(line -> { }); // only the host writes to us, and it writes nothing else
    }

    private void obey(WorkerCommand command) {
        switch (command) {
            case WorkerCommand.Compile compile -> {
                warmUp.yieldCompiler();
                inBackground(() -> compile(compile));
            }
            case WorkerCommand.CompileOnly(var compile) -> inBackground(() -> compileOnly(compile));
            case WorkerCommand.Load load -> inBackground(() -> load(load));
            case WorkerCommand.Run run -> inBackground(() -> run(run));
            case WorkerCommand.TakeClone(var database) -> clones.add(database);
            case WorkerCommand.TakeRedis(var redis) -> redises.add(redis);
            case WorkerCommand.TakePrograms(var found) -> programs.add(found);
            case WorkerCommand.TakeClassPath found -> classPaths.add(found);
            case WorkerCommand.TakeLog(var lines) -> logs.add(lines);
            case WorkerCommand.TakeWord(var word) -> words.add(word);
            case WorkerCommand.Locate() -> report(new WorkerReport.Position(FailureExplanation.place(checks, answer()), output.take()));
            case WorkerCommand.WarmUpCompiler(var verifier, var sources) -> warmUp.compile(verifier, sources);
            case WorkerCommand.WarmUpConnection(var login) -> warmUp.connect(login);
        }
    }

    void report(WorkerReport.Sent report) {
        try {
            host.send(report.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the host does not listen any more", e);
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
                report(new WorkerReport.Died(e instanceof AnswerOutput.Flood ? e.getMessage() : e.toString(),
                    FailureExplanation.place(e, answer()).orElse(""), output.take()));
            }
        });
    }

    private void compile(WorkerCommand.Compile command) throws Exception {
        Phases.note("w:compile");
        switch (AnswerCompiler.compile(command.sources(), command.verifier())) {
            case AnswerCompiler.Result.Refused refused -> refused(refused);
            case AnswerCompiler.Result.Compiled compiled -> {
                Phases.note("w:compiled");
                compiled(compiled, command.verifierClass());
            }
        }
    }

    private void compileOnly(WorkerCommand.Compile command) {
        switch (AnswerCompiler.compile(command.sources(), command.verifier())) {
            case AnswerCompiler.Result.Refused refused -> refused(refused);
            case AnswerCompiler.Result.Compiled(var answer, var verifier) -> report(new WorkerReport.Classes(new ClassFiles(answer), new ClassFiles(verifier)));
        }
    }

    private void load(WorkerCommand.Load command) throws Exception {
        compiled(new AnswerCompiler.Result.Compiled(command.answer().byName(), command.verifier().byName()), command.verifierClass());
    }

    private void refused(AnswerCompiler.Result.Refused refused) {
        report(new WorkerReport.Refused(refused.stage(), refused.problems().stream().map(JavaCompiler.Problem::toString).toList()));
    }

    private void compiled(AnswerCompiler.Result.Compiled compiled, String verifierClass) throws Exception {
        verifier = new CompiledVerifier(compiled, verifierClass);
        report(new WorkerReport.Compiled(verifier.checks()));
    }

    private void run(WorkerCommand.Run command) throws Exception {
        var before = JvmSnapshot.now();
        output.start();
        try (var run = new CheckRun(this, command, verifier, output)) {
            verifier.run(run);
        }
        Phases.note("w:ran");
        before.restore();
        output.takeOver();
        report(new WorkerReport.Done(before.threadsSince()));
    }

    /** Another database; waits for the host. */
    Clone freshClone() {
        return ask(new WorkerReport.CloneWanted(), clones);
    }

    /** The same for all checks of a run; waits for the host. */
    RedisClone redis() {
        return ask(new WorkerReport.RedisWanted(), redises);
    }

    /** PostgreSQL's programs on this machine; waits for the host, which may have to fetch them. */
    PostgresPrograms programs() {
        return ask(new WorkerReport.ProgramsWanted(), programs);
    }

    /** The libraries of an answer that is a script; waits for the host, which may have to fetch them. @throws LabException where it cannot */
    List<Path> classPath() {
        var found = ask(new WorkerReport.ClassPathWanted(), classPaths);
        if (!found.problem().isEmpty()) {
            throw new LabException(found.problem());
        }
        return found.jars();
    }

    /** What the server has logged since then, if the lab can read it; waits for the host. */
    Optional<List<String>> log(Instant since) {
        return ask(new WorkerReport.LogWanted(since), logs);
    }

    /** The word that the host has given the check that began last; waits for it. */
    String word() {
        return take(words, "to send the word of a check");
    }

    private <T> T ask(WorkerReport.Sent question, LinkedBlockingQueue<T> answers) {
        report(question);
        return take(answers, "to answer " + question);
    }

    private static <T> T take(LinkedBlockingQueue<T> answers, String what) {
        try {
            return answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the host " + what, e);
        }
    }

    /** The classes of the answer; none before it has been compiled. */
    private Map<String, byte[]> answer() {
        return verifier == null ? Map.of() : verifier.answer();
    }

    private void reportExit() {
        FailureExplanation.placeOfExit(answer()).ifPresent(place -> report(new WorkerReport.Exiting(place, output.take())));
    }
}
