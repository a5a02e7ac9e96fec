package book.build.site;

import elsewhere.NodePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import lesson.Home;

/**
 * PostgreSQL in WebAssembly, of the version and with the sum of {@code package-lock.json}.
 *
 * @param folder its files as npm has installed them
 */
record PglitePackage(Path folder) {
    private static final String WANTED = "(index|pglite|initdb|templating|chunk-\\w+)\\.js|initdb\\.wasm";
    /** What PGlite asks for by itself; the two large ones are packed, because not every server packs what it sends. */
    private static final List<String> LARGE = List.of("pglite.wasm", "pglite.data");

    static PglitePackage of(Home home) throws IOException, InterruptedException {
        return new PglitePackage(NodePackages.folder(home.root().resolve("engine/book/live")).resolve("@electric-sql/pglite/dist"));
    }

    /** Of its files what a browser loads, and the extensions. */
    void copy(Path into, Set<String> extensions) throws IOException {
        Files.createDirectories(into.resolve("contrib"));
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (name.matches(WANTED) || extensions.contains(name.replace(".tar.gz", ""))) {
                    Files.copy(file, into.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (var name : LARGE) {
            try (var packed = new GZIPOutputStream(Files.newOutputStream(into.resolve(name + ".gz")))) {
                Files.copy(folder.resolve(name), packed);
            }
        }
        for (var extension : known(extensions)) {
            Files.copy(module(extension), into.resolve("contrib").resolve(extension + ".js"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Of these extensions those that come with the package. */
    List<String> known(Collection<String> extensions) {
        return extensions.stream().filter(extension -> Files.exists(module(extension))).toList();
    }

    private Path module(String extension) {
        return folder.resolve("contrib").resolve(extension + ".js");
    }

    /** What is fetched before a database with these extensions runs. */
    Stream<String> fetched(Collection<String> extensions) {
        return Stream.concat(Stream.of("pglite.wasm.gz", "pglite.data.gz", "initdb.wasm"), known(extensions).stream().map(name -> name + ".tar.gz"));
    }
}
