package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code postmaster.pid}, in which a running PostgreSQL writes its state. */
record PostmasterFile(Path file) {
    private static final int STATE = 7;

    static PostmasterFile in(Path data) {
        return new PostmasterFile(data.resolve("postmaster.pid"));
    }

    /** PostgreSQL writes its state into the eighth line; "ready" is the word to wait for. */
    boolean isReady() {
        try {
            var lines = Files.readAllLines(file);
            return lines.size() > STATE && lines.get(STATE).startsWith("ready");
        } catch (IOException e) {
            return false; // not written yet, or being replaced: the next look will see it
        }
    }
}
