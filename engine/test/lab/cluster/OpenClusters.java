package lab.cluster;

import lab.Progress;
import lab.provider.Providers;

/** Starts a cluster of a lesson's own, says where it is, and waits to be killed. */
final class OpenClusters {
    private OpenClusters() { }

    public static void main(String... args) throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT); var clusters = OwnClusters.beside(lab.server(), Progress.SILENT)) {
            var cluster = clusters.create("one");
            cluster.start();
            System.out.println(cluster.data());
            System.out.println(cluster.admin().url());
            Thread.sleep(60_000);
        }
    }
}
