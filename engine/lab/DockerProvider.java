package lab;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * A PostgreSQL in a container of its own, by Testcontainers. With {@code COURSE_KEEP=1}, and reuse enabled for
 * Testcontainers, the container stays and the next run finds it.
 */
public final class DockerProvider implements Provider {
    public static final String DEFAULT_IMAGE = "postgres:18";
    private final String image;

    /** Takes the name of an image, or only its tag: "17" is "postgres:17". */
    public DockerProvider(String image) {
        this.image = image.matches("\\d[\\w.-]*") ? "postgres:" + image : image;
    }

    @Override public String name() {
        return "docker";
    }

    @Override public Optional<String> obstacle() {
        return DockerEngine.ofThisMachine().obstacle();
    }

    /** Whether the image needs no download. Asks an engine that answers; see {@link #obstacle}. */
    public boolean imageIsHere() throws LabException {
        return DockerEngine.ofThisMachine().has(image);
    }

    @Override public Server start(Progress progress) throws LabException {
        Logging.silence();
        var images = new DockerImages(DockerEngine.ofThisMachine(), progress);
        images.ensure(image);
        if (!"true".equalsIgnoreCase(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            images.ensure(DockerImages.RYUK);
        }
        return shouldKeep(progress) ? kept(progress) : fresh(progress);
    }

    private Server fresh(Progress progress) {
        var password = DockerPassword.random();
        var container = DockerContainer.of(image, password).withLabel(DockerContainer.RUN_LABEL, RunMark.ofThisRun().toString());
        return started(container, password, progress);
    }

    private Server kept(Progress progress) {
        var password = DockerPassword.kept();
        return started(DockerContainer.of(image, password).withReuse(true), password, progress);
    }

    private Server started(GenericContainer<?> container, String password, Progress progress) {
        try {
            container.start();
            return DockerServer.in(container, password, progress);
        } catch (RuntimeException e) {
            var said = lastWords(container);
            container.stop();
            throw e instanceof LabException known ? known
                : new LabException("no PostgreSQL could be started from the image " + image + ": " + rootCause(e).getMessage() + said, e);
        }
    }

    private static boolean shouldKeep(Progress progress) {
        var wanted = "1".equals(System.getenv("COURSE_KEEP"));
        var allowed = TestcontainersConfiguration.getInstance().environmentSupportsReuse();
        if (wanted && !allowed) {
            progress.say("COURSE_KEEP=1 keeps nothing: set TESTCONTAINERS_REUSE_ENABLE=true as well");
        }
        return wanted && allowed;
    }

    /**
     * Removes containers of the course that no run uses: those of killed runs, and kept ones.
     *
     * @return how many were removed
     */
    public static int clean() throws LabException {
        Logging.silence();
        var client = DockerClientFactory.lazyClient();
        var ours = client.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(DockerContainer.LABEL, "true")).exec();
        var unused = ours.stream().filter(container -> isUnused(container.getLabels())).toList();
        unused.forEach(container -> client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec());
        return unused.size();
    }

    private static boolean isUnused(Map<String, String> labels) {
        return RunMark.parse(labels.getOrDefault(DockerContainer.RUN_LABEL, "")).map(RunMark::isOver).orElse(true);
    }

    private static String lastWords(GenericContainer<?> container) {
        try {
            return container.getContainerId() == null ? "" : "; its last words:\n" + container.getLogs().lines().toList().reversed().stream()
                .limit(5).toList().reversed().stream().map(line -> "  " + line).reduce("", (a, b) -> a + b + "\n");
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static Throwable rootCause(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).reduce(failure, (outer, inner) -> inner);
    }
}
