package lab.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import lab.Installation;
import lab.LabException;
import lab.Progress;
import lab.Provider;
import lab.SeedData;
import lab.Server;
import lab.Versions;
import lab.os.Caches;
import lab.os.Memory;
import lab.os.Platform;
import lab.os.Privileges;

/** PostgreSQL from binaries on Maven Central: no Docker, no installation, about a tenth of a second to start. */
public final class EmbeddedProvider implements Provider {
    private final int major;

    /** @param major one that {@link Versions} knows, 18 */
    public EmbeddedProvider(int major) {
        this.major = major;
    }

    /** The newest release, up to this one, whose server pg_dump and its like as installed here can copy; this one where there are none. */
    public static EmbeddedProvider knownToTools(int major) {
        var known = InstalledTools.newestMajor("pg_dump").filter(tools -> tools >= Versions.OLDEST).orElse(major);
        return new EmbeddedProvider(Math.min(known, major));
    }

    /** Has its programs here from now on, complete. */
    public void fetch(Progress progress) {
        var version = Versions.embedded(major);
        if (!Binaries.isComplete(Binaries.of(version, progress))) {
            Binaries.reinstall(version, progress);
        }
    }

    /** The programs alone; fetched and unpacked if they are not there yet. */
    Installation installation(Progress progress) {
        Caches.mustBeReachable();
        var version = Versions.embedded(major);
        return installation(version, Binaries.of(version, progress));
    }

    private static Installation installation(String version, Path binaries) {
        return new Installation(binaries, version.replaceFirst("\\.0$", ""), "embedded");
    }

    @Override public String name() {
        return "embedded";
    }

    @Override public Optional<String> reasonUnavailable() {
        try {
            Platform.here();
            Privileges.drop();
            Privileges.named();
            return Optional.empty();
        } catch (LabException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override public Server start(SeedData seedData, Progress progress) {
        Memory.warning().ifPresent(progress::say);
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
        return ClusterServer.start(store, seedData, installation(version, binaries), complete, progress);
    }
}
