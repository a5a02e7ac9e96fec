package grading.host;

import grading.RandomData;
import grading.protocol.Limits;
import grading.protocol.WorkerCommand;
import grading.protocol.WorkerReport;
import grading.sandbox.Enclosure;
import grading.sandbox.Sandbox;
import grading.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import jvm.AotCache;
import jvm.ChildJvm;
import jvm.IsolatedJvm;
import jvm.MessageLines;
import jvm.Secret;
import kernel.output.VisibleText;
import lab.LabException;
import lab.os.Processes;
import lab.os.TempFolder;
import timing.Phases;

/**
 * A child JVM that runs answers. An answer may write anything to the output of its process, so the worker's reports come in
 * lines that nobody can forge without the secret, and everything is read within bounds.
 */
final class WorkerProcess implements AutoCloseable {
    /** Within which it is ready. */
    static final Duration START = Duration.ofSeconds(30);
    private static final int MAX_REPORTS = 1000;
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP",
        "SystemRoot", "COURSE_CACHE", "XDG_CACHE_HOME", "JAVA_HOME", Phases.VARIABLE, RandomData.VARIABLE);
    private final BlockingQueue<WorkerReport> reports = new ArrayBlockingQueue<>(MAX_REPORTS);
    private final StringBuffer otherOutput = new StringBuffer();
    private final TempFolder folder;
    private final Enclosure enclosure;
    private final Process process;
    private final MessageLines lines;
    private boolean ready;

    private WorkerProcess(TempFolder folder, Enclosure enclosure, Process process, Secret secret) {
        this.folder = folder;
        this.enclosure = enclosure;
        this.process = process;
        lines = MessageLines.ofParent(process.getInputStream(), process.getOutputStream(), secret);
    }

    /** Starts the process and returns at once. */
    static WorkerProcess start(Limits limits, Sandbox sandbox) {
        try {
            var folder = TempFolder.of("worker");
            var builder = jvm(limits).directory(folder.folder().toFile()).redirectErrorStream(true);
            builder.environment().keySet().retainAll(ENVIRONMENT);
            var enclosure = sandbox.enclose(folder.folder());
            var process = enclosure.start(builder);
            var secret = Secret.random();
            secret.sendTo(process.getOutputStream());
            var worker = new WorkerProcess(folder, enclosure, process, secret);
            Processes.readPipe(worker::read);
            return worker;
        } catch (IOException e) {
            throw new LabException("could not start a JVM for answers: " + e.getMessage(), e);
        }
    }

    private static ProcessBuilder jvm(Limits limits) throws IOException {
        var options = List.of("-Xmx" + limits.heapMb() + "m", "-XX:+ExitOnOutOfMemoryError");
        return limits.isolated() ? IsolatedJvm.running(Worker.class, options)
            : ChildJvm.likeThis().with(AotCache.WORKER.options()).with(options).running(Worker.class, List.of());
    }

    void send(WorkerCommand command) {
        try {
            lines.send((enclosure.isOpen() ? command : EnclosedCommands.inside(command, enclosure)).bytes());
        } catch (IOException e) {
            // It has died; the reader notices, and knows more.
        }
    }

    /** Waits for its first report, {@link WorkerReport.Ready}; afterwards, for nothing. @return whether that has come within {@link #START} */
    boolean awaitReady() throws InterruptedException {
        ready = ready || next(START.toNanos()).equals(new WorkerReport.Ready());
        return ready;
    }

    /** The next report within this time, or {@link WorkerReport.Missing#LATE}. */
    WorkerReport next(long nanos) throws InterruptedException {
        var report = reports.poll(Math.max(nanos, 1), TimeUnit.NANOSECONDS);
        return report == null ? WorkerReport.Missing.LATE : report;
    }

    private void read() {
        try {
            WorkerReport report;
            do {
                report = readOne();
                reports.put(report);
            } while (report != WorkerReport.Missing.GONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WorkerReport readOne() {
        try {
            var message = lines.next(this::keep);
            return message.isPresent() ? WorkerReport.of(message.get()) : WorkerReport.Missing.GONE;
        } catch (IllegalArgumentException e) {
            return WorkerReport.Missing.GARBLED;
        } catch (IOException e) {
            return WorkerReport.Missing.GONE; // closed from our side
        }
    }

    private void keep(String line) {
        if (!line.isEmpty() && otherOutput.length() < Limits.OUTPUT_KEPT) {
            otherOutput.append(line, 0, Math.min(line.length(), Limits.OUTPUT_KEPT)).append('\n');
        }
    }

    /** What came from the process beside its reports: messages of the JVM, and what an answer wrote past System.out. */
    String otherOutput() {
        return VisibleText.of(otherOutput.toString());
    }

    /** The exit code of a process that is gone; -1 where it does not end. */
    int exitCode() throws InterruptedException {
        return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Whether what it runs is kept from all that is the learner's and the author's. */
    boolean isEnclosed() {
        return !enclosure.isOpen();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process and what it started. */
    @Override public void close() {
        try {
            if (AotCache.WORKER.isTraining()) {
                letEnd();
            }
            Processes.end(process);
            enclosure.close();
            process.waitFor(5, TimeUnit.SECONDS);
            folder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // On Windows the folder of a process that ended a moment ago may be busy; it is in the temporary folder.
        }
    }

    /** Tells it that nobody needs it any more; it writes which classes it needed. */
    private void letEnd() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already
        }
        process.waitFor(AotCache.TRAINING_END.toSeconds(), TimeUnit.SECONDS);
    }
}
