package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lesson.Home;

/** From a click in a real browser until its result is painted, or until a page is, where node, Chromium and the page's tests are at hand. */
final class PaintTiming {
    private final Home home;
    private final int runs;
    private final Consumer<String> out;

    PaintTiming(Home home, int runs, Consumer<String> out) {
        this.home = home;
        this.runs = runs;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        print("measure.mjs", List.of(), Map.of("COURSE", home.root().toString(), "DB", "embedded"));
    }

    /** How long it takes to open a page that lies in a file. */
    void open(Path page) throws IOException, InterruptedException {
        print("opens.mjs", List.of(page.toUri().toString()), Map.of());
    }

    private void print(String program, List<String> arguments, Map<String, String> environment) throws IOException, InterruptedException {
        var tests = home.root().resolve("engine/test/e2e");
        var missing = missing(tests);
        if (missing.isPresent()) {
            out.accept("– " + missing.get() + ", so nothing is measured in a browser");
            return;
        }
        var command = new ArrayList<>(List.of("node", tests.resolve(program).toString(), String.valueOf(Math.max(runs, 5))));
        command.addAll(arguments);
        var all = new HashMap<>(environment);
        all.put("CHROMIUM", chromium().orElseThrow().toString());
        new Commands(tests).run(command, all).lines().filter(line -> line.contains("painted")).forEach(out);
    }

    private static Optional<String> missing(Path tests) {
        if (onPath("node").isEmpty()) {
            return Optional.of("no node on PATH");
        }
        if (chromium().isEmpty()) {
            return Optional.of("no chromium on PATH");
        }
        return Files.isDirectory(tests.resolve("node_modules/playwright-core")) ? Optional.empty()
            : Optional.of("no node_modules in engine/test/e2e (npm ci there makes them)");
    }

    private static Optional<Path> chromium() {
        return onPath("chromium");
    }

    private static Optional<Path> onPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).stream()
            .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }
}
