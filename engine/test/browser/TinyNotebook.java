package browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** The notebook of the tiny course, open in one page, for tests that use it in few words. */
public abstract class TinyNotebook {
    private static final int TIMEOUT_SECONDS = 60;
    public TinyCourse course;
    public NotebookServer server;
    public Web.Page page;

    @BeforeEach void start() throws IOException {
        course = new TinyCourse();
        serve();
    }

    public void serve() throws IOException {
        server = NotebookServer.start(course.home(), 0, "embedded");
        page = Web.open(server, "01-trial");
    }

    @AfterEach void end() {
        server.close();
        course.close();
    }

    public interface Condition {
        boolean holds() throws Exception;
    }

    public void run(String... cells) throws IOException {
        var ids = String.join(",", List.of(cells).stream().map(id -> "{'id':'" + id + "'}").toList());
        assertEquals(200, post("run", "{'cells':[" + ids + "]}").status());
    }

    public String scratch(String after, String language, String source) throws IOException {
        return scratch(after, language, source, "app", "");
    }

    public String scratch(String after, String language, String source, String role, String session) throws IOException {
        var body = "{\"after\":\"%s\",\"language\":\"%s\",\"role\":\"%s\",\"session\":\"%s\",\"source\":\"%s\"}".formatted(after, language, role, session, source);
        var answer = page.post("scratch", body);
        assertEquals(200, answer.status(), answer.body());
        return answer.json().at("/cell/id").asString();
    }

    public Web.Reply post(String command, String body) throws IOException {
        return page.post(command, body.replace('\'', '"'));
    }

    public JsonNode state() throws IOException {
        return page.get("/api/01-trial/state").json();
    }

    public JsonNode cell(String id) throws IOException {
        return state().at("/cells").valueStream().filter(cell -> cell.at("/id").asString().equals(id)).findFirst().orElseThrow();
    }

    public String status(String id) throws IOException {
        return cell(id).at("/status").asString();
    }

    public String html(String id) throws IOException {
        return String.join("\n", cell(id).at("/outputs").valueStream().map(output -> output.at("/html").asString()).toList());
    }

    public List<String> sources() throws IOException {
        return state().at("/cells").valueStream().map(cell -> cell.at("/id").asString() + ": " + cell.at("/source").asString()).toList();
    }

    public void await(String id, String status) throws Exception {
        awaitThat(id + " is " + status, () -> status(id).equals(status));
    }

    public void awaitThat(String what, Condition condition) throws Exception {
        var end = System.nanoTime() + TIMEOUT_SECONDS * 1_000_000_000L;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + ": not within " + TIMEOUT_SECONDS + " s. The state is " + state());
            }
            Thread.sleep(30);
        }
    }
}
