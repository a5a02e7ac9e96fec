package lab.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names the run that made something that outlives its process, so that a later run knows whether it may remove it. */
public record RunMark(String host, long pid, Instant started) {
    private static final Pattern FORM = Pattern.compile("Postgres by Experiment, host (\\S+), pid (\\d{1,18}), started (\\S+)");
    private static final Duration LONGEST_RUN = Duration.ofDays(1);

    /** The mark of this process. */
    public static RunMark ofThisRun() {
        var self = ProcessHandle.current();
        return new RunMark(thisHost(), self.pid(), startOf(self));
    }

    /** A mark as {@link #toString} writes it; nothing where the text is none. */
    public static Optional<RunMark> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunMark(found.group(1), Long.parseLong(found.group(2)), Instant.parse(found.group(3))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether the run has surely ended: its process is gone, or it ran elsewhere and began more than a day ago. */
    public boolean isOver() {
        return host.equals(thisHost()) ? !isAlive() : started.plus(LONGEST_RUN).isBefore(Instant.now());
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid).filter(process -> startOf(process).equals(started)).isPresent();
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** The name the machine gives itself: asking the network for it takes seconds on some machines. */
    private static String thisHost() {
        try {
            var linux = Path.of("/etc/hostname");
            var name = Files.isReadable(linux) ? Files.readString(linux)
                : System.getenv().getOrDefault("COMPUTERNAME", System.getenv().getOrDefault("HOSTNAME", "this-machine"));
            return name.strip().replaceAll("[^\\w.-]+", "-");
        } catch (IOException e) {
            return "this-machine";
        }
    }

    @Override public String toString() {
        return "Postgres by Experiment, host " + host + ", pid " + pid + ", started " + started;
    }
}
