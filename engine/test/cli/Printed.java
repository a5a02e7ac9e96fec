package cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What a command printed, and its exit code. The command runs in this JVM. */
record Printed(int exit, String out, String err) {

    static Printed of(String... words) {
        return catching(() -> Main.run(words));
    }

    static Printed by(ToIntFunction<PrintWriter> work) {
        return catching(() -> work.applyAsInt(new PrintWriter(System.err, true)));
    }

    private static Printed catching(Supplier<Integer> work) {
        var usualOut = System.out;
        var usualErr = System.err;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            return new Printed(work.get(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }
}
