package lab.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lab.LabException;
import lab.os.RunMark;

/**
 * Removes containers of the course that no run uses, those of killed runs and kept ones, and images with data. Asks Docker's own client,
 * because Testcontainers would first start a container itself.
 */
public final class DockerCleaning {
    private final DockerEngine engine;

    /** @param engine need not answer: then there is nothing to remove */
    public DockerCleaning(DockerEngine engine) {
        this.engine = engine;
    }

    /** What was done, in one sentence; nothing where there is no Docker. */
    public Stream<String> clean() throws LabException {
        if (engine.reasonUnavailable().isPresent() || !DockerCommand.isInstalled()) {
            return Stream.empty();
        }
        var unused = unused();
        if (!unused.isEmpty()) {
            var removal = new ArrayList<>(List.of("rm", "--force", "--volumes"));
            removal.addAll(unused);
            DockerCommand.output(engine.command(removal));
        }
        SeededImages.removeAll(engine);
        return Stream.of("containers of the course: " + unused.size() + " removed");
    }

    /** The containers that no run uses, by their whole ids. */
    List<String> unused() {
        var listing = engine.command(List.of("ps", "--all", "--no-trunc", "--filter", "label=" + DockerStart.LABEL + "=true",
            "--format", "{{.ID}}={{.Label \"" + DockerStart.RUN_LABEL + "\"}}"));
        return DockerCommand.output(listing).lines().map(line -> line.split("=", 2))
            .filter(columns -> isUnused(columns[1])).map(columns -> columns[0]).toList();
    }

    /** A container without the mark of a run is one that was kept for the next. */
    private static boolean isUnused(String mark) {
        return RunMark.parse(mark).map(RunMark::isOver).orElse(true);
    }
}
