package lab.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import lab.LabException;
import lab.Progress;
import lab.Provider;
import lab.SeedData;
import lab.Server;
import lab.Versions;
import lab.os.Caches;
import lab.os.Platform;
import lab.os.Privileges;

/** PostgreSQL from binaries on Maven Central: no Docker, no installation, about a tenth of a second to start. */
public final class EmbeddedProvider implements Provider {
    private final int major;

    /** @param major one that {@link Versions} knows, 18 */
    public EmbeddedProvider(int major) {
        this.major = major;
    }

    @Override public String name() {
        return "embedded";
    }

    @Override public Optional<String> reasonUnavailable() {
        try {
            Platform.here();
            Privileges.drop();
            return Optional.empty();
        } catch (LabException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override public Server start(SeedData seedData, Progress progress) {
        Caches.mustBeReachable();
        var version = Versions.embedded(major);
        var binaries = Binaries.of(version, progress);
        var complete = CompletableFuture.supplyAsync(() -> Binaries.isComplete(binaries), Thread.ofVirtual()::start);
        try {
            var server = start(version, binaries, seedData, complete::join, progress);
            if (complete.join()) {
                return server;
            }
            server.close();
        } catch (LabException e) {
            if (complete.join()) {
                throw e;
            }
        }
        Binaries.reinstall(version, progress);
        return start(version, binaries, seedData, () -> true, progress);
    }

    private Server start(String version, Path binaries, SeedData seedData, BooleanSupplier complete, Progress progress) {
        var store = new ClusterStore(Caches.folder("clusters", version + "-embedded-" + ClusterTemplate.RECIPE), binaries, major);
        var shown = version.replaceFirst("\\.0$", "");
        return ClusterServer.start(store, seedData, new Installation(binaries, shown, "embedded"), complete, progress);
    }
}
