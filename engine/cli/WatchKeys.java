package cli;

import grading.host.AnswerWatch;
import grading.host.VerificationService;
import grading.report.Verdict;
import java.io.IOException;
import java.util.function.Consumer;
import lesson.Exercise;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import terminal.screen.Interrupts;
import terminal.screen.TerminalEnvironment;

/** Runs {@code --watch} with single keys in a terminal; elsewhere each line is a key. */
final class WatchKeys {
    private static final long LOOK_MS = 200;

    private WatchKeys() { }

    static void run(VerificationService service, Exercise exercise, Consumer<Verdict> shows, Runnable hints) throws IOException, InterruptedException {
        var environment = TerminalEnvironment.here();
        if (environment.comesByLines()) {
            var answerWatch = new AnswerWatch(service, exercise, System.out, shows, hints, words(exercise, ", then Enter", environment.width()));
            Thread.ofPlatform().daemon().start(() -> lines(answerWatch));
            answerWatch.run();
            return;
        }
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            var interrupts = new Interrupts();
            terminal.handle(Terminal.Signal.INT, signal -> interrupts.pressed());
            var before = terminal.enterRawMode();
            // Raw mode also takes away the carriage return at the end of a line.
            var attributes = terminal.getAttributes();
            attributes.setOutputFlag(org.jline.terminal.Attributes.OutputFlag.OPOST, true);
            attributes.setOutputFlag(org.jline.terminal.Attributes.OutputFlag.ONLCR, true);
            // Ctrl-C must end a verification that is under way, so it stays a signal.
            attributes.setLocalFlag(org.jline.terminal.Attributes.LocalFlag.ISIG, true);
            terminal.setAttributes(attributes);
            try {
                var answerWatch = new AnswerWatch(service, exercise, System.out, shows, hints, words(exercise, "", environment.width()));
                Thread.ofPlatform().daemon().name("keys").start(() -> keys(terminal.reader(), answerWatch));
                answerWatch.run();
            } finally {
                terminal.setAttributes(before);
            }
        }
    }

    private static String words(Exercise exercise, String end, int width) {
        var keys = "  Enter: check again   h: hint   q: quit" + end;
        var watched = "   (watching " + exercise.folder().getFileName() + ")";
        return keys.length() + watched.length() <= width ? keys + watched : keys;
    }

    private static void keys(NonBlockingReader reader, AnswerWatch answerWatch) {
        try {
            while (true) {
                var key = reader.read(LOOK_MS);
                if (key == NonBlockingReader.EOF) {
                    answerWatch.pressed('q');
                    return;
                }
                if (key != NonBlockingReader.READ_EXPIRED) {
                    answerWatch.pressed((char) key);
                }
            }
        } catch (IOException e) {
            answerWatch.pressed('q'); // the terminal was closed, and nobody is there any more
        }
    }

    /** A pipe: its lines are keys, its end says nothing. */
    private static void lines(AnswerWatch answerWatch) {
        new java.io.BufferedReader(new java.io.InputStreamReader(System.in)).lines()
            .forEach(line -> answerWatch.pressed(line.isEmpty() ? '\n' : line.charAt(0)));
    }
}
