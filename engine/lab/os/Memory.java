package lab.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How much memory this machine gives, or the container that stands in for one. */
public final class Memory {
    /** Lessons and exercises on embedded PostgreSQL were run with this; lesson 15, of two servers and a service, with {@value #WANTED_FOR_ALL_MB}. */
    public static final int WANTED_MB = 512;
    /** Of those with several servers, too. */
    public static final int WANTED_FOR_ALL_MB = 1024;
    /** What control groups allow, of version 2 and 1. */
    private static final List<String> LIMITS = List.of("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes");

    private Memory() { }

    /** In megabytes; nothing where this system does not say it in files. */
    public static Optional<Long> megabytes() {
        return megabytes(Path.of("/"));
    }

    /** @param root where this system's files are */
    static Optional<Long> megabytes(Path root) {
        var limits = LIMITS.stream().flatMap(file -> lines(root.resolve(file))).filter(line -> line.matches("\\d{1,18}")).map(line -> Long.parseLong(line) >> 20);
        var machine = lines(root.resolve("proc/meminfo")).filter(line -> line.startsWith("MemTotal:")).map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10);
        return Stream.concat(limits, machine).min(Long::compare);
    }

    /** A sentence for whoever has less than is wanted: a system that runs out of memory kills programs, and these cannot say why. */
    public static Optional<String> warning() {
        return megabytes().filter(has -> has < WANTED_MB).map(has -> "This machine gives " + has + " MB of memory, and the course was tried with " + WANTED_MB
            + " MB and more: if it ends without a word (exit code 137), that was the reason");
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file).stream() : Stream.empty();
        } catch (IOException e) {
            return Stream.empty(); // a limit that cannot be read is none that we know
        }
    }
}
