package lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the log of a server that was started with {@link ServerSettings}: its lines begin with the moment, in UTC. */
public final class ServerLogReader {
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_LINES = 500;
    private static final Pattern LINE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (?:UTC|GMT) (.*)");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private ServerLogReader() { }

    /** Lines without a moment belong to the one before them: a statement of several lines, for example. */
    public static List<String> between(String text, Instant from, Instant to) {
        var first = from.truncatedTo(ChronoUnit.MILLIS);
        var found = new ArrayList<String>();
        var inside = false;
        for (var line : text.lines().toList()) {
            var begins = LINE.matcher(line);
            if (begins.matches()) {
                var at = LocalDateTime.parse(begins.group(1), MOMENT).toInstant(ZoneOffset.UTC);
                inside = !at.isBefore(first) && !at.isAfter(to);
            }
            if (inside) {
                found.add(begins.matches() ? begins.group(1).substring(11) + " " + begins.group(2) : line);
            }
        }
        return found.size() <= MAX_LINES ? found : last(found);
    }

    private static List<String> last(List<String> lines) {
        var shown = new ArrayList<>(lines.subList(lines.size() - MAX_LINES, lines.size()));
        shown.addFirst("… " + (lines.size() - MAX_LINES) + " lines before these");
        return shown;
    }

    /** The log in a file of this machine. */
    public static ServerLog of(Path file) {
        return new InFile(file);
    }

    private record InFile(Path log) implements ServerLog {
        @Override public List<String> between(Instant from, Instant to) {
            return ServerLogReader.between(endOf(log), from, to);
        }

        @Override public Optional<Path> file() {
            return Optional.of(log);
        }
    }

    /** The end of a file: what was written a moment ago stands there. */
    private static String endOf(Path file) {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            var length = (int) Math.min(MAX_BYTES, log.length());
            var bytes = new byte[length];
            log.seek(log.length() - length);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("cannot read the server's log " + file + ": " + e.getMessage(), e);
        }
    }
}
