package lab.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import lab.Database;
import lab.Databases;
import lab.LabException;
import lab.Progress;
import lab.SeedData;
import lab.Server;
import lab.Sql;
import lab.os.RunMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lesson databases that hold something from the start, in containers. */
@Tag("docker")
class SeededImagesTest {
    private final DockerEngine engine = DockerEngine.ofThisMachine();
    private final Set<String> before = images();
    private final String mark = UUID.randomUUID().toString().replace("-", "");
    private final List<String> seeded = new ArrayList<>();

    @AfterEach
    void remove() {
        images().stream().filter(image -> !before.contains(image))
            .forEach(image -> DockerCommand.succeeds(engine.command(List.of("image", "rm", image))));
    }

    @Test
    @DisplayName("a layer is made once, what is built upon it finds it, and what a run does is gone with the run")
    void once() throws Exception {
        try (var server = start("a")) {
            assertEquals(1, count(server, "a"));
            Sql.execute(Database.on(server, server.lessonDatabase()).app(), "delete from a");
        }
        try (var server = start("a", "b")) {
            assertEquals(1, count(server, "a"));
            assertEquals(1, count(server, "b"));
            var clones = new Databases(server);
            assertTrue(clones.create("more").name().startsWith("course_lesson_more"));
            clones.close();
        }
        assertEquals(List.of("a", "b"), seeded);
        assertEquals(2, images().size() - before.size());
    }

    @Test
    @DisplayName("an image with data does not hand the password of its superuser on")
    void noPassword() {
        start("a").close();
        var image = images().stream().filter(one -> !before.contains(one)).findFirst().orElseThrow();
        var told = DockerCommand.output(engine.command(List.of("image", "inspect", "--format", "{{json .Config}}", image)));
        assertFalse(told.contains(DockerPassword.kept()), told.replace(DockerPassword.kept(), "the password"));
    }

    @Test
    @DisplayName("while a container is being seeded it carries the mark of its run, and cleaning leaves it alone")
    void marked() {
        var during = new ArrayList<String>();
        var look = new SeedData.Layer(mark + "look", "a look", (database, _) -> {
            during.addAll(containersOfThisRun());
            new DockerCleaning(engine).unused().stream().filter(during::contains).forEach(id -> fail("would be removed: " + id));
        });
        new DockerProvider("").start(new SeedData(List.of(look)), Progress.SILENT).close();
        assertEquals(1, during.size());
        assertEquals(List.of(), containersOfThisRun());
    }

    @Test
    @DisplayName("a container that cannot be seeded is removed, and the layer is named")
    void failed() {
        var wrong = new SeedData.Layer(mark + "wrong", "a wrong table", (database, _) -> Sql.execute(database.owner(), "create table a (b nothing)"));
        var refused = assertThrows(LabException.class, () -> new DockerProvider("").start(new SeedData(List.of(wrong)), Progress.SILENT));
        assertTrue(refused.getMessage().startsWith("could not prepare a wrong table: "), refused.getMessage());
        assertEquals(List.of(), containersOfThisRun());
    }

    private List<String> containersOfThisRun() {
        var label = "label=" + DockerStart.RUN_LABEL + "=" + RunMark.ofThisRun();
        return DockerCommand.output(engine.command(List.of("ps", "--all", "--no-trunc", "--quiet", "--filter", label))).lines().toList();
    }

    private Server start(String... tables) {
        var layers = new ArrayList<SeedData.Layer>();
        for (var table : tables) {
            layers.add(new SeedData.Layer(mark + table, "the table " + table, (database, _) -> {
                seeded.add(table);
                Sql.execute(database.owner(), "create table " + table + " as select 1 as id");
            }));
        }
        return new DockerProvider("").start(new SeedData(layers), Progress.SILENT);
    }

    private Set<String> images() {
        var listing = engine.command(List.of("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", SeededImages.REPOSITORY));
        return DockerCommand.output(listing).lines().filter(line -> !line.isBlank()).collect(Collectors.toSet());
    }

    private static int count(Server server, String table) throws SQLException {
        return Integer.parseInt(Sql.value(Database.on(server, server.lessonDatabase()).app(), "select count(*) from " + table));
    }
}
