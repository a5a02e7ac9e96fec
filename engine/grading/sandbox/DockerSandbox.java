package grading.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lab.docker.DockerEngine;
import lab.docker.DockerProvider;
import lab.docker.DockerStart;

/**
 * A container without network. Its system is that of the image that the course has for PostgreSQL, the JDK and the engine come from this machine, so
 * nothing has to be fetched or built.
 */
final class DockerSandbox implements Sandbox, ClosedEnclosure.Walls {
    static final String NAME = "docker";
    private static final String HOME_OF_ROOT = "/root";
    private static final String IMAGE = DockerProvider.DEFAULT_IMAGE;
    /** Where ours is killed, the container ends with its input; a hostile one, which holds on, ends then. */
    private static final List<String> AT_LAST = List.of("timeout", "--signal=KILL", "1h");
    private final DockerEngine engine = DockerEngine.ofThisMachine();

    @Override public String name() {
        return NAME;
    }

    @Override public String doesNotHold() {
        return "it shares the kernel with this machine; where the course itself is killed, hostile code may run on for an hour, without network";
    }

    /** Why it cannot be used here; empty where it can. */
    static Optional<String> reasonUnavailable() {
        if (!Files.isDirectory(Path.of("/proc/self/ns"))) {
            return Optional.of("the JDK of this machine does not run in its containers, which are Linux");
        }
        var engine = DockerEngine.ofThisMachine();
        return engine.reasonUnavailable().or(engine::reasonNotLocal)
            .or(() -> engine.has(IMAGE) ? Optional.empty() : Optional.of("Docker has no image " + IMAGE + " yet: `docker pull " + IMAGE + "` fetches it"));
    }

    @Override public Enclosure enclose(Path folder) throws IOException {
        return new ClosedEnclosure(folder, this);
    }

    @Override public void ended(String name) {
        engine.remove(name);
    }

    @Override public List<String> command(Confinement confinement) {
        var line = new ArrayList<>(List.of("run", "--rm", "--init", "--interactive", "--pull", "never", "--name", confinement.name(), "--hostname", "sandbox",
            "--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--log-driver", "none",
            "--user", Confinement.NOBODY + ":" + Confinement.NOBODY, "--pids-limit", Integer.toString(Bounds.PROCESSES),
            "--memory", Long.toString(Bounds.MEMORY), "--memory-swap", Long.toString(Bounds.MEMORY), "--cpus", Integer.toString(processors()),
            "--ulimit", "core=0", "--ulimit", "nofile=" + Bounds.OPEN_FILES,
            "--shm-size", Long.toString(Bounds.SHARED_MEMORY), "--tmpfs", "/tmp:rw,exec,nosuid,nodev,mode=1777,size=" + Bounds.DISK, "--workdir", "/tmp"));
        DockerStart.labels().forEach((name, value) -> line.addAll(List.of("--label", name + "=" + value)));
        if (confinement.jvm().files().stream().anyMatch(file -> file.startsWith(HOME_OF_ROOT))) {
            line.addAll(List.of("--tmpfs", HOME_OF_ROOT + ":ro,uid=" + Confinement.NOBODY + ",size=1m")); // in the image nobody else may enter it
        }
        confinement.jvm().files().forEach(file -> line.addAll(List.of("--mount", mount(file, file))));
        line.addAll(List.of("--mount", mount(confinement.java().copy(), confinement.java().place())));
        line.addAll(List.of("--mount", mount(confinement.lent(), Confinement.LENT)));
        confinement.jvm().environment().forEach((name, value) -> line.addAll(List.of("--env", name + "=" + value)));
        var program = confinement.jvm().after(AT_LAST);
        line.addAll(List.of("--entrypoint", program.getFirst(), IMAGE));
        line.addAll(program.subList(1, program.size()));
        return engine.command(line);
    }

    private static int processors() {
        return Math.min(2, Runtime.getRuntime().availableProcessors());
    }

    private static String mount(Path outside, Path inside) {
        return "type=bind,readonly,\"source=" + outside + "\",\"target=" + inside + "\"";
    }
}
