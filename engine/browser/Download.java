package browser;

import java.io.IOException;

/** A notebook as a file to take away. */
final class Download {
    private Download() { }

    static void send(Notebook notebook, Request request) throws IOException {
        throw new Refusal(404, "to come");
    }
}
