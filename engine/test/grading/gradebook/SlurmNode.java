package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lab.os.Privileges;
import lab.os.Processes;
import lesson.Home;

/** Slurm on this machine alone, started by {@code slurm-node.sh}, which ends it when it hears no more of us. */
final class SlurmNode implements AutoCloseable {
    /** Of whatever takes seconds where nothing else runs. */
    static final Duration LIMIT = Duration.ofMinutes(10);
    private final Path folder;
    private final Process process;

    /** @param folder is made */
    SlurmNode(Path folder) throws IOException {
        this.folder = folder;
        process = new ProcessBuilder(Home.here().root().resolve("engine/test/grading/gradebook/slurm-node.sh").toString(), folder.toString()).redirectErrorStream(true).start();
        var said = process.inputReader(StandardCharsets.UTF_8);
        var first = said.readLine();
        assertEquals("ready", first, () -> first + "\n" + said.lines().toList());
    }

    /** Whether this is root, and Debian's packages are here. */
    static boolean isPossible() {
        return Privileges.isRoot() && Stream.of("munged", "slurmctld", "slurmd").allMatch(program -> Files.isExecutable(Path.of("/usr/sbin", program)));
    }

    /** Runs a command in the clone, and gives what it says. */
    String run(String... command) throws Exception {
        var said = Files.createTempFile(folder, "said", ".txt"); // a pipe would be waited for, however long
        var builder = new ProcessBuilder(command).directory(Home.here().root().toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("SLURM_CONF", folder.resolve("slurm.conf").toString());
        builder.environment().put("COURSE_SEED", "42"); // random data stands in messages
        var running = builder.start();
        assertTrue(Processes.endsWithin(LIMIT, running), () -> String.join(" ", command) + " does not end");
        var text = Files.readString(said).strip();
        assertEquals(0, running.exitValue(), () -> String.join(" ", command) + ": " + text);
        return text;
    }

    /** Waits until no task of this job waits or runs. */
    void awaitEnd(String job) throws Exception {
        for (var end = System.nanoTime() + LIMIT.toNanos(); !run("squeue", "--noheader", "--jobs=" + job).isEmpty(); TimeUnit.MILLISECONDS.sleep(500)) {
            assertTrue(System.nanoTime() < end, () -> "job " + job + " does not end");
        }
    }

    @Override public void close() throws InterruptedException, IOException {
        process.getOutputStream().close();
        Processes.endsWithin(Duration.ofSeconds(30), process);
    }
}
