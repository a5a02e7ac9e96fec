package grading.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lab.LabException;
import lab.net.ServerPlace;
import lab.os.IoErrors;

/** An enclosure that shuts out everything: what the sandboxes here have in common. */
final class ClosedEnclosure implements Enclosure {
    private static final String SOCKET = "relay";
    private static final String LOOPBACK = "127.0.0.1";
    /** A process that is to end with its parent ends with the thread that started it, so that one lives as long as this JVM. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("sandbox-starter").factory());
    private final Path folder;
    private final Path lent;
    private final Loans loans;
    private final PortRelay relay;
    private final String name = "course-sandbox-" + UUID.randomUUID();
    private final Walls walls;

    /** What one kind of sandbox puts around a JVM. */
    interface Walls {
        /** What is started in place of the JVM. */
        List<String> command(Confinement confinement);

        /** Bounds what the command itself does not. */
        default void started(Process process) { }

        /** Ends what ending the process does not. */
        default void ended(String name) { }
    }

    /** @param folder of this enclosure alone */
    ClosedEnclosure(Path folder, Walls walls) throws IOException {
        this.folder = folder;
        this.walls = walls;
        lent = folder.resolve("lent");
        loans = new Loans(lent, Confinement.LENT);
        relay = new PortRelay(lent.resolve(SOCKET));
    }

    @Override public boolean isOpen() {
        return false;
    }

    @Override public Process start(ProcessBuilder jvm) throws IOException {
        var inside = JvmCommand.of(jvm, Confinement.LENT.resolve(SOCKET));
        var builder = new ProcessBuilder(walls.command(new Confinement(inside, UnreadableJava.in(folder, inside.program()), lent, name))).redirectErrorStream(jvm.redirectErrorStream());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        try {
            var process = STARTER.submit(builder::start).get();
            process.onExit().thenRun(relay::close);
            walls.started(process);
            return process;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting " + name, e);
        }
    }

    private interface Lending {
        Path lend() throws IOException;
    }

    private Path lent(Path what, Lending lending) {
        try {
            return lending.lend();
        } catch (IOException e) {
            throw new LabException("cannot let the sandbox read " + what + ": " + IoErrors.describe(e), e);
        }
    }

    @Override public Path lendFile(Path file) {
        return lent(file, () -> loans.file(file));
    }

    @Override public Path lendFolder(Path folder) {
        return lent(folder, () -> loans.folder(folder, file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)));
    }

    @Override public Path lendPrograms(Path fileOrFolder) {
        return lent(fileOrFolder, () -> loans.unchanging(fileOrFolder));
    }

    @Override public ServerPlace reach(ServerPlace place) {
        relay.open(place);
        return new ServerPlace(LOOPBACK, place.port());
    }

    @Override public void close() {
        relay.close();
        walls.ended(name);
    }
}
