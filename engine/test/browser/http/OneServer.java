package browser.http;

import browser.NotebookServer;
import browser.TinyCourse;
import browser.Web;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One server of the tiny course for all tests of a class, on the wire and in a page. */
abstract class OneServer {
    static TinyCourse course;
    static NotebookServer server;
    static Web web;
    static Web.Page page;

    @BeforeAll static void start() throws IOException {
        course = new TinyCourse();
        server = NotebookServer.start(course.home(), 0, "embedded");
        web = new Web(server.port());
        page = Web.open(server, "01-trial");
    }

    @AfterAll static void end() {
        server.close();
        course.close();
    }
}
