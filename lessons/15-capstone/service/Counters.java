import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted, for {@code /metrics}. */
final class Counters {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String name) {
        counts.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    /** In the format of Prometheus. */
    String text() {
        var text = new StringBuilder();
        new TreeMap<>(counts).forEach((name, count) -> text.append(name).append(' ').append(count.sum()).append('\n'));
        return text.toString();
    }
}
