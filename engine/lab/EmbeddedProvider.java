package lab;

import java.util.Optional;

/** PostgreSQL from binaries on Maven Central: no Docker, no installation, about a tenth of a second to start. */
public final class EmbeddedProvider implements Provider {
    private final int major;

    public EmbeddedProvider(int major) {
        this.major = major;
    }

    @Override public String name() {
        return "embedded";
    }

    @Override public Optional<String> obstacle() {
        try {
            Platform.here();
            Privileges.drop();
            return Optional.empty();
        } catch (LabException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override public Server start(Progress progress) {
        var version = Versions.embedded(major);
        var binaries = Binaries.of(version, progress);
        var store = new ClusterStore(Caches.folder("clusters", version + "-embedded-" + ClusterTemplate.RECIPE), binaries, major);
        var shown = version.replaceFirst("\\.0$", "");
        return ClusterServer.start(store, new Installation(binaries, shown, "embedded"), progress);
    }
}
