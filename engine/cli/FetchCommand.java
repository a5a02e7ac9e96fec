package cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lab.Progress;
import lab.Versions;
import lab.cluster.EmbeddedProvider;
import lab.docker.DockerPgBouncer;
import lab.docker.DockerProvider;
import lab.os.Scripts;
import lab.redis.DockerRedis;
import lab.redis.Redis;
import lesson.Home;

/** {@code fetch}: everything that lessons and exercises fetch when they first need it, for a machine that will have no network. */
final class FetchCommand extends Command {
    private static final Progress PROGRESS = System.err::println;

    FetchCommand() {
        super("fetch", "Fetch now what is else fetched when it is first needed: for a plane, or for a class.", Arguments.NONE);
    }

    @Override protected int run(ParsedArguments arguments) throws IOException {
        new EmbeddedProvider(Versions.DEFAULT).fetch(PROGRESS);
        System.out.println("✓ PostgreSQL " + Versions.embedded(Versions.DEFAULT) + " for --db embedded");
        Redis.fetch(PROGRESS);
        System.out.println("✓ Redis");
        for (var script : scripts(Home.here().root().resolve("lessons"))) {
            System.out.println("✓ " + Scripts.libraries(script).size() + " libraries of " + script.getFileName());
        }
        var docker = new DockerProvider("");
        var reason = docker.reasonUnavailable();
        if (reason.isEmpty()) {
            docker.fetch(PROGRESS, DockerRedis.IMAGE, DockerPgBouncer.IMAGE);
            System.out.println("✓ images for --db docker");
        } else {
            System.out.println("– images for --db docker: " + reason.get());
        }
        System.out.println("Lessons and exercises need no network any more.");
        return Main.OK;
    }

    /** Programs that lessons start with libraries of their own; those for other tools are authors'. */
    private static List<Path> scripts(Path lessons) throws IOException {
        try (var files = Files.walk(lessons, 3)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.getParent().endsWith("elsewhere"))
                .filter(file -> !file.getFileName().toString().matches("lesson\\d+\\.java") && Scripts.isScript(file)).sorted().toList();
        }
    }
}
