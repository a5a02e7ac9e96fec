package lab.os;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Signals for processes of other accounts, which a ProcessHandle does not know: STOP freezes them, CONT lets them go on. */
public final class Signals {
    private Signals() { }

    /** Processes that have ended meanwhile are no failure. */
    public static void send(String signal, List<Long> processes) throws IOException, InterruptedException {
        new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + signal), processes.stream().map(String::valueOf)).toList()).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
}
