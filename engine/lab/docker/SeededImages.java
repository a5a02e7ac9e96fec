package lab.docker;

import java.util.List;
import java.util.Map;
import lab.Database;
import lab.LabException;
import lab.Progress;
import lab.SeedData;
import org.apache.commons.codec.digest.DigestUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * Seeded servers, kept as images of this machine: an image for each layer, made once from the one below it. A run
 * starts a container of its own from it, so what it does to its database is gone with the container.
 */
final class SeededImages {
    static final String REPOSITORY = "postgres-by-experiment/filled";
    private static final int TAG_LENGTH = 16;
    private static final int SECONDS_TO_STOP = 120;
    private final String base;
    private final String password;
    private final DockerEngine engine;
    private final Progress progress;

    /** @param password of the superuser, the same in every run of this user: the images hold its hash */
    SeededImages(String base, String password, DockerEngine engine, Progress progress) {
        this.base = base;
        this.password = password;
        this.engine = engine;
        this.progress = progress;
    }

    /** The image whose server holds these data; made when it is not here. */
    String image(SeedData seedData) throws LabException {
        return image(seedData, missing(seedData));
    }

    private String image(SeedData seedData, int all) {
        if (seedData.isEmpty()) {
            return base;
        }
        var name = name(seedData);
        if (!engine.has(name)) {
            make(name, seedData, all);
        }
        return name;
    }

    /** How many layers are to be made. */
    private int missing(SeedData seedData) {
        return seedData.isEmpty() || engine.has(name(seedData)) ? 0 : 1 + missing(seedData.below());
    }

    private String name(SeedData seedData) {
        return REPOSITORY + ":" + tag(seedData);
    }

    /** Another password, another base or other files, and it is another image. */
    private String tag(SeedData seedData) {
        return DigestUtils.sha256Hex(String.join("\n", base, password, seedData.key())).substring(0, TAG_LENGTH);
    }

    /** @param all how many layers are to be made */
    private void make(String name, SeedData seedData, int all) {
        var below = seedData.below();
        var doing = SeedData.doing(seedData.last(), missing(seedData), all);
        var image = image(below, all);
        progress.say(doing + ", once …");
        var container = DockerContainer.toSeed(image, password);
        try (var server = DockerStart.start(container, image, () -> below.isEmpty()
                ? DockerServer.in(container, password, progress) : DockerServer.seeded(container, base, password))) {
            var database = Database.on(server, server.lessonDatabase());
            SeedData.prepare(server.admin(), database, seedData.last(), doing, progress);
            SeedData.vacuum(server.admin(), database, progress);
            keep(container, name);
        }
    }

    /** Stopped cleanly first: every run begins from what is on disk then. */
    private static void keep(GenericContainer<?> container, String name) {
        var docker = DockerClientFactory.instance().client();
        var parts = name.split(":");
        docker.stopContainerCmd(container.getContainerId()).withTimeout(SECONDS_TO_STOP).exec();
        // Testcontainers removes all that carries the labels of a session when the session ends: images too.
        docker.commitCmd(container.getContainerId()).withRepository(parts[0]).withTag(parts[1])
            .withLabels(Map.of(DockerStart.LABEL, "filled", DockerStart.RUN_LABEL, "none",
                "org.testcontainers", "false", "org.testcontainers.sessionId", "none"))
            .withEnv("POSTGRES_PASSWORD=") // its hash is in the data, and that is enough
            .exec();
    }

    /** Removes all seeded images that no container uses. */
    static void removeAll(DockerEngine engine) {
        var names = DockerCommand.output(engine.command(List.of("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", REPOSITORY)));
        names.lines().filter(name -> !name.isBlank()).forEach(name -> DockerCommand.succeeds(engine.command(List.of("image", "rm", name))));
    }
}
