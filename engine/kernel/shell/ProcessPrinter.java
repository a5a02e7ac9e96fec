package kernel.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import kernel.cell.CellListener;
import lab.os.Processes;

/** Passes on what a process prints, while it prints, up to a bound. */
final class ProcessPrinter {
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int BUFFER_SIZE = 8_192;
    private final CellListener listener;
    private int printed;
    private boolean over;

    ProcessPrinter(CellListener listener) {
        this.listener = listener;
    }

    Thread from(InputStream stream, String name) {
        return Processes.readPipe(() -> read(stream, name));
    }

    private void read(InputStream stream, String name) {
        var buffer = new char[BUFFER_SIZE];
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (var length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
                print(name, new String(buffer, 0, length));
            }
        } catch (IOException e) {
            print(name, ""); // the process was killed, and its pipe with it
        }
    }

    /** The rest is read and thrown away: a process that cannot print would wait for ever. */
    private synchronized void print(String name, String text) {
        if (over || text.isEmpty() || printed >= MAX_CHARACTERS) {
            return;
        }
        printed += text.length();
        listener.printed(name, text);
        if (printed >= MAX_CHARACTERS) {
            listener.printed("err", "\n… more than a million characters; the rest is not shown\n");
        }
    }

    /** From now on nothing is passed on. */
    synchronized void end() {
        over = true;
    }
}
