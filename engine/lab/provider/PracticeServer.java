package lab.provider;

import lab.LabException;
import lab.Progress;
import lab.SeedData;
import lab.Server;
import lab.cluster.EmbeddedProvider;
import lab.cluster.LocalProvider;
import lab.docker.DockerProvider;

/**
 * A small and empty server of this run beside the lesson's, with client tools that fit: for scripts that make roles, drop
 * databases and end other people's sessions.
 */
public final class PracticeServer {
    private PracticeServer() { }

    /**
     * In a container where the lesson's server runs in one; else of the same installation; else an embedded one, of the newest
     * release that the installed tools know.
     *
     * @throws LabException with what to do, where it does not start
     */
    public static Server beside(Server server, Progress progress) throws LabException {
        if (server.container().isPresent()) {
            return new DockerProvider(String.valueOf(server.major())).start(SeedData.NONE, progress);
        }
        var isLocal = server.installation().filter(installation -> installation.origin().startsWith(new LocalProvider().name())).isPresent();
        var provider = isLocal ? new LocalProvider() : EmbeddedProvider.knownToTools(server.major());
        return provider.start(SeedData.NONE, progress);
    }
}
