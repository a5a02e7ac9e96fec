package browser.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import browser.TinyNotebook;
import browser.Web;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A window that opens while a cell prints")
class WindowsTest extends TinyNotebook {
    private static final int LINES = 4_000;

    @Test @DisplayName("knows all that was printed, nothing twice and nothing lost, whenever it was opened")
    void whenever() throws Exception {
        var prints = scratch("price", "java", "for (int i = 0; i < " + LINES + "; i++) { System.out.println(i); if (i % 40 == 0) Thread.sleep(5); }");
        run("price");
        await("price", "done");
        var windows = new ArrayList<Web.Heard>();
        try {
            windows.add(page.events("before"));
            run(prints);
            for (int i = 0; i < 8; i++) {
                Thread.sleep(60);
                windows.add(page.events("window " + i));
            }
            await(prints, "done");
            var all = IntStream.range(0, LINES).mapToObj(i -> i + "\n").collect(Collectors.joining());
            for (var window : windows) {
                awaitThat("a window knows that it is done", () -> knows(window, prints).done());
                assertEquals(all, knows(window, prints).printed());
            }
        } finally {
            for (var window : windows) {
                window.close();
            }
        }
    }

    /** What a page that hears this knows of a cell. */
    private record Known(String printed, boolean done) { }

    private static Known knows(Web.Heard window, String cell) throws IOException {
        var known = new Known("", false);
        for (var event : body(window.text()).split("\n\n")) {
            var parts = event.split("event: |\ndata: ");
            if (event.contains("\ndata: ") && event.contains(cell)) {
                known = after(known, parts[1], JsonMapper.shared().readTree(parts[2]), cell);
            }
        }
        return known;
    }

    /** The events that have come whole, without the headers of the answer and the lengths of its chunks. */
    private static String body(String answer) {
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        var body = new ByteArrayOutputStream();
        var at = answer.indexOf("\r\n\r\n") + 4;
        for (var end = lineEnd(bytes, at); end > at; end = lineEnd(bytes, at)) {
            var length = Integer.parseInt(new String(bytes, at, end - at, StandardCharsets.US_ASCII), 16);
            body.write(bytes, end + 2, Math.clamp(bytes.length - end - 2, 0, length));
            at = end + 2 + length + 2;
        }
        var events = body.toString(StandardCharsets.UTF_8);
        return events.substring(0, Math.max(0, events.lastIndexOf("\n\n")));
    }

    /** Where the next line ends; 0 where it has not come to its end. */
    private static int lineEnd(byte[] bytes, int from) {
        return IntStream.range(from, bytes.length).filter(i -> bytes[i] == '\r').findFirst().orElse(0);
    }

    private static Known after(Known known, String type, JsonNode data, String cell) {
        if (type.equals("state")) {
            var now = data.at("/cells").valueStream().filter(one -> one.at("/id").asString().equals(cell)).findFirst().orElseThrow();
            var printed = now.at("/outputs").valueStream().map(output -> output.at("/text").asString("")).collect(Collectors.joining());
            return new Known(printed, now.at("/status").asString().equals("done"));
        }
        if (!data.at("/id").asString("").equals(cell)) {
            return known;
        }
        return switch (type) {
            case "clear" -> new Known("", false);
            case "print" -> new Known(known.printed() + data.at("/text").asString(), known.done());
            case "cell" -> new Known(known.printed(), data.at("/status").asString().equals("done"));
            default -> known;
        };
    }

    @Test @DisplayName("hears what a thread of the cell prints after its end")
    void threadsGoOn() throws Exception {
        var starts = scratch("price", "java", "Thread.ofPlatform().start(() -> { try { Thread.sleep(700); } catch (InterruptedException e) { } System.out.println(\\\"late\\\"); });");
        try (var window = page.events("one")) {
            run(starts);
            await(starts, "done");
            awaitThat("it is heard", () -> knows(window, starts).printed().equals("late\n"));
        }
        assertEquals(List.of("late\n"), cell(starts).at("/outputs").valueStream().map(output -> output.at("/text").asString("")).filter(text -> !text.isEmpty()).toList());
    }
}
