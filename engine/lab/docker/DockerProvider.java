package lab.docker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lab.LabException;
import lab.Progress;
import lab.Provider;
import lab.SeedData;
import lab.Server;
import lab.Versions;
import lab.os.Passwords;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * A PostgreSQL in a container of its own, by Testcontainers. With {@code COURSE_KEEP=1}, and reuse enabled for
 * Testcontainers, the container stays and the next run finds it.
 */
public final class DockerProvider implements Provider {
    public static final String DEFAULT_IMAGE = "postgres:18";
    private static final Pattern RELEASE = Pattern.compile("postgres:(\\d{1,4})(?!\\d).*");
    private final String image;
    private final Duration patience;

    /** The default image, for who would take something else rather than wait for an engine that is busy. */
    public static DockerProvider ofWhatAnswersNow() {
        return new DockerProvider(DEFAULT_IMAGE, DockerHttp.QUICK);
    }

    /**
     * Takes the name of an image, or only its tag: "17" is "postgres:17", and "" the default.
     *
     * @throws LabException where the tag of PostgreSQL's own image is a release that the course does not run on
     */
    public DockerProvider(String image) {
        this(image, DockerHttp.PATIENT);
    }

    private DockerProvider(String image, Duration patience) {
        this.patience = patience;
        this.image = image.isEmpty() ? DEFAULT_IMAGE : image.matches("\\d[\\w.-]*") ? "postgres:" + image : image;
        var release = RELEASE.matcher(this.image);
        if (release.matches()) {
            Versions.check(Integer.parseInt(release.group(1)));
        }
    }

    @Override public String name() {
        return "docker";
    }

    @Override public Optional<String> reasonUnavailable() {
        var engine = DockerEngine.ofThisMachine(patience);
        var reason = engine.reasonUnavailable(patience);
        if (reason.isEmpty()) {
            engine.remember();
        }
        return reason;
    }

    /** Why a start would have to fetch an image first; empty when all are here. For an engine that answers. */
    public Optional<String> missingImage() throws LabException {
        var engine = DockerEngine.ofThisMachine();
        return DockerImages.neededFor(image).filter(needed -> !engine.has(needed)).findFirst()
            .map(missing -> "Docker has no image " + missing + " yet" + DockerImages.wantedFor(missing) + "; --db docker fetches it, and ./jbang fetch all others");
    }

    @Override public Server start(SeedData seedData, Progress progress) throws LabException {
        Logging.silence();
        if (shouldKeep(progress)) {
            return seedData.into(kept(progress), progress);
        }
        ensureImages(progress);
        return seedData.isEmpty() ? fresh(progress) : seeded(seedData, progress);
    }

    /** Has all images here from now on that a lesson may ask for. For an engine that answers. */
    public void fetch(Progress progress, String... more) throws LabException {
        ensureImages(progress);
        var images = new DockerImages(DockerEngine.ofThisMachine(), progress);
        List.of(more).forEach(images::ensure);
    }

    private void ensureImages(Progress progress) {
        var images = new DockerImages(DockerEngine.ofThisMachine(), progress);
        DockerImages.neededFor(image).forEach(images::ensure);
    }

    private Server seeded(SeedData seedData, Progress progress) {
        var password = DockerPassword.kept();
        var ready = new SeededImages(image, password, DockerEngine.ofThisMachine(), progress).image(seedData);
        var container = DockerContainer.of(ready, password);
        return DockerStart.start(container, image, () -> DockerServer.seeded(container, image, password));
    }

    private Server fresh(Progress progress) {
        var password = Passwords.secret();
        var container = DockerContainer.of(image, password);
        return DockerStart.start(container, image, () -> DockerServer.in(container, password, progress));
    }

    private Server kept(Progress progress) {
        var password = DockerPassword.kept();
        return KeptContainer.find(image, password).map(found -> DockerServer.in(found, image, progress)).orElseGet(() -> toKeep(password, progress));
    }

    private DockerServer toKeep(String password, Progress progress) {
        ensureImages(progress);
        var container = DockerContainer.kept(image, password);
        return DockerStart.start(container, image, () -> DockerServer.in(KeptContainer.note(container, image, password), image, progress));
    }

    private static boolean shouldKeep(Progress progress) {
        var wanted = "1".equals(System.getenv("COURSE_KEEP"));
        var allowed = TestcontainersConfiguration.getInstance().environmentSupportsReuse();
        if (wanted && !allowed) {
            progress.say("COURSE_KEEP=1 keeps nothing: set TESTCONTAINERS_REUSE_ENABLE=true as well");
        }
        return wanted && allowed;
    }
}
