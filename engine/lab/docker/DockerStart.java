package lab.docker;

import java.util.Map;
import java.util.function.Supplier;
import lab.LabException;
import lab.os.RunMark;
import org.testcontainers.containers.GenericContainer;

/** What all containers of the course share: labels that say whose they are, and a reason when they do not start. */
public final class DockerStart {
    /** On whatever the course makes in Docker. */
    static final String LABEL = "org.postgresbyexperiment.course";
    /** Which run uses a container, so that no other removes it. */
    static final String RUN_LABEL = "org.postgresbyexperiment.run";

    private DockerStart() { }

    /** Marks a container that is not started yet as one of this run alone. */
    public static GenericContainer<?> ofThisRun(GenericContainer<?> container) {
        return container.withLabels(labels());
    }

    /** Whose a container is that belongs to this run alone, so that {@code clean} removes it when this run is over. */
    public static Map<String, String> labels() {
        return Map.of(LABEL, "true", RUN_LABEL, RunMark.ofThisRun().toString());
    }

    /** Marks one that stays for the next run; {@code clean} may remove it. */
    static GenericContainer<?> kept(GenericContainer<?> container) {
        return container.withLabel(LABEL, "true").withReuse(true);
    }

    /**
     * Starts a container and says what it is to the course.
     *
     * @param image  as the learner knows it
     * @param result made once the container is ready
     * @throws LabException with the container's last output when either fails; no container is left then
     */
    public static <T> T start(GenericContainer<?> container, String image, Supplier<T> result) throws LabException {
        var listener = new DockerFailure();
        try {
            container.withLogConsumer(listener).start();
            return result.get();
        } catch (RuntimeException e) {
            container.stop();
            throw listener.explain(image, e);
        }
    }
}
