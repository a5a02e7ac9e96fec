package grading.host;

import grading.protocol.Limits;
import grading.protocol.WorkerWire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lab.LabException;
import lab.os.Processes;
import lab.os.TempFolder;
import timing.Phases;

/** A child JVM that runs answers. What comes from it is read within bounds, whatever it writes. */
final class WorkerProcess implements AutoCloseable {
    /** The message after the last one: the process has closed its output. */
    static final List<String> GONE = List.of("gone");
    private static final int LAST_WORDS_MINUTES = 3;
    private static final int LONGEST_LINE = 1 << 20;
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP",
        "SystemRoot", "COURSE_CACHE", "XDG_CACHE_HOME", "JAVA_HOME", Phases.VARIABLE);
    private final BlockingQueue<List<String>> messages = new ArrayBlockingQueue<>(1000);
    private final StringBuffer strayOutput = new StringBuffer();
    private final String secret = HexFormat.of().formatHex(SecureRandom.getSeed(12));
    private final TempFolder folder;
    private final Process process;

    private WorkerProcess(TempFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts the process and returns at once; its first message will be {@code ready}. */
    static WorkerProcess start(Limits limits) {
        try {
            var folder = TempFolder.of("worker");
            var command = OwnJvm.command(limits.heapMb());
            command.add("grading.worker.Worker");
            var builder = new ProcessBuilder(command).directory(folder.folder().toFile()).redirectErrorStream(true);
            builder.environment().keySet().retainAll(ENVIRONMENT);
            var worker = new WorkerProcess(folder, builder.start());
            Thread.ofPlatform().daemon().name("worker-reader").start(worker::read);
            worker.write(worker.secret + "\n");
            return worker;
        } catch (IOException e) {
            throw new LabException("could not start a JVM for answers: " + e.getMessage(), e);
        }
    }

    void send(List<String> fields) {
        write(WorkerWire.line(secret, fields));
    }

    /** One message: the fields of the one list, and then those of the other. */
    void send(List<String> first, List<String> then) {
        send(Stream.concat(first.stream(), then.stream()).toList());
    }

    private synchronized void write(String line) {
        try {
            OutputStream out = process.getOutputStream();
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // It has died; the reader will say so, with the reason.
        }
    }

    /** The next message within this time; an empty list when there was none. */
    List<String> next(long nanos) throws InterruptedException {
        var message = messages.poll(Math.max(nanos, 1), TimeUnit.NANOSECONDS);
        return message == null ? List.of() : message;
    }

    private void read() {
        try {
            var lines = new BoundedLines(process.getInputStream(), LONGEST_LINE);
            for (var line = lines.next(); line != null; line = lines.next()) {
                var fields = WorkerWire.fields(secret, line);
                if (!fields.isEmpty()) {
                    messages.put(fields);
                } else if (!line.isEmpty() && strayOutput.length() < Limits.OUTPUT_KEPT) {
                    strayOutput.append(line, 0, Math.min(line.length(), Limits.OUTPUT_KEPT)).append('\n');
                }
            }
            messages.put(GONE);
        } catch (IOException e) {
            messages.offer(GONE); // closed from our side
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What came from the process around its messages: words of the JVM, writes past System.out. */
    String strayOutput() {
        return strayOutput.toString();
    }

    /** The exit code of a process that is gone. */
    int exitCode() throws InterruptedException {
        return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process and what it started. */
    @Override public void close() {
        if (OwnJvm.isTraining()) {
            letEnd();
        }
        Processes.end(process);
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            folder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // On Windows the folder of a process that ended a moment ago may be busy; it is in the temporary folder.
        }
    }

    /** Hears that nobody needs it any more, and writes which classes it needed. */
    private void letEnd() {
        try {
            process.getOutputStream().close();
            process.waitFor(LAST_WORDS_MINUTES, TimeUnit.MINUTES);
        } catch (IOException e) {
            // it has ended already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
