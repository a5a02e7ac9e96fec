package lab.docker;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The lab's containers at a moment. Others may use the same engine: what was there before may go at any time. */
record Containers(Set<String> ids) {

    static Containers now() {
        var listing = docker("ps", "--all", "--quiet", "--filter", "label=" + DockerStart.LABEL + "=true");
        return new Containers(new TreeSet<>(listing.lines().toList()));
    }

    /** Those that came after these. */
    Set<String> newer() {
        var now = now().ids();
        now.removeAll(ids);
        return now;
    }

    static void remove(String id) {
        docker("rm", "--force", "--volumes", id);
    }

    private static String docker(String... arguments) {
        return DockerCommand.output(DockerEngine.ofThisMachine().command(List.of(arguments)));
    }
}
