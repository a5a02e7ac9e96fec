package book.build.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.os.Caches;
import lab.os.Processes;
import lesson.Hashes;
import lesson.Lesson;
import tools.jackson.databind.json.JsonMapper;

/** Makes the databases with which lessons begin, from the same files of SQL as everywhere, and runs every cell on them once. */
final class LiveDatabases {
    static final String PACKED = ".tar.gz";
    /** A million posts are too much for a browser: every tenth of them, the same ones each time. */
    private static final String ALL_POSTS = "from generate_series(1, 1000000::bigint) n";
    private static final String EVERY_TENTH = "from generate_series(5, 1000000::bigint, 10) n";
    private static final String WITH_POSTS = "V4_9__a_lot_of_posts.sql";
    private static final String FIRST_ON_TABLES = "04";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    /** @param needed whether a lesson begins with it */
    private record Layer(String name, boolean needed, List<Migration> files) { }

    private record Migration(String name, String sql) { }

    private record Work(String id, String layer, Set<String> extensions, List<LiveItem> items) { }

    private record Plan(String pglite, String live, String data, List<Layer> layers, List<Work> lessons) { }

    /** The databases, and what came of the cells on them. */
    record Made(Path folder, LiveResults results) {
        Path file(String layer) {
            return folder.resolve(layer + PACKED);
        }
    }

    private LiveDatabases() { }

    /** The name of the database with which a lesson begins; the one that makes the first tables has them here from its beginning. */
    static String before(Lesson lesson) {
        var isFirst = lesson.number().compareTo(FIRST_ON_TABLES) < 0;
        return "before-" + (isFirst && !Files.isDirectory(lesson.migrations()) ? "01" : isFirst ? after(lesson)
            : lesson.home().lessons().stream().filter(other -> other.number().compareTo(lesson.number()) < 0 && Files.isDirectory(other.migrations()))
                .map(LiveDatabases::after).reduce((a, b) -> b).orElse("01"));
    }

    /** Whether the database with which a lesson begins has a tenth of the posts. */
    static boolean hasFewerPosts(Lesson lesson) {
        return lesson.number().compareTo(FIRST_ON_TABLES) > 0;
    }

    private static String after(Lesson lesson) {
        return String.format(Locale.ROOT, "%02d", Integer.parseInt(lesson.number()) + 1);
    }

    /** Makes what is not in the cache yet: the databases, and what came of the cells on them. */
    static Made of(List<LiveLesson> lessons, Path pglite, Path engine) throws IOException, InterruptedException {
        var wanted = lessons.stream().filter(lesson -> !lesson.cells().isEmpty()).toList();
        var needed = wanted.stream().map(lesson -> before(lesson.lesson())).collect(Collectors.toSet());
        var layers = new ArrayList<>(List.of(new Layer("before-01", needed.contains("before-01"), List.of())));
        for (var lesson : lessons) {
            if (Files.isDirectory(lesson.lesson().migrations())) {
                var name = "before-" + after(lesson.lesson());
                layers.add(new Layer(name, needed.contains(name), migrations(lesson.lesson())));
            }
        }
        var work = wanted.stream().map(lesson -> new Work(lesson.lesson().id(), before(lesson.lesson()), lesson.extensions(), lesson.items())).toList();
        var program = lessons.getFirst().lesson().home().root().resolve("engine/book/live/publish.mjs");
        var folder = Caches.folder("live", sum(JSON.writeValueAsBytes(layers), Files.readAllBytes(program), Files.readAllBytes(program.resolveSibling("package-lock.json"))));
        var said = folder.resolve("cells-" + sum(JSON.writeValueAsBytes(work), Files.readAllBytes(program.resolveSibling("session.js")), Files.readAllBytes(engine)) + ".json");
        if (Files.notExists(said)) {
            run(program, new Plan(pglite.toString(), engine.toString(), folder.toString(), layers, work), said);
        }
        return new Made(folder, JSON.readValue(said, LiveResults.class));
    }

    private static String sum(byte[]... parts) {
        return Hashes.of(Stream.of(parts).map(Hashes::of).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private static List<Migration> migrations(Lesson lesson) throws IOException {
        var migrations = new ArrayList<Migration>();
        try (var files = Files.list(lesson.migrations())) {
            for (var file : files.sorted().toList()) {
                migrations.add(new Migration(file.getFileName().toString(), smaller(file, Files.readString(file).replace("${new_id}", "uuidv7()"))));
            }
        }
        return migrations;
    }

    private static String smaller(Path file, String sql) {
        if (file.endsWith(WITH_POSTS) && !sql.contains(ALL_POSTS)) {
            throw new IllegalStateException(file + " does not say \"" + ALL_POSTS + "\" any more: say here how it makes every tenth post");
        }
        return sql.replace(ALL_POSTS, EVERY_TENTH);
    }

    private static void run(Path program, Plan plan, Path result) throws IOException, InterruptedException {
        var file = Files.createTempFile("course-live", ".json");
        try {
            Files.write(file, JSON.writeValueAsBytes(plan));
            var process = new ProcessBuilder("node", program.toString(), file.toString()).inheritIO().start();
            if (!Processes.endsWithin(TIMEOUT, process) || process.exitValue() != 0) {
                throw new IOException("the databases of the published book could not be made; what Node.js says stands above");
            }
            Files.copy(file, result, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
