package book.build;

import book.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import lab.os.Artifacts;
import lesson.Home;
import tools.jackson.databind.json.JsonMapper;

/**
 * A script of the browser that is bundled from libraries, which lie on the class path as jars of mvnpm, and an entry of ours, in
 * one file. esbuild makes it, the same bytes from the same versions on every machine; it is committed, so that nobody needs
 * esbuild to learn.
 */
record ScriptBundle(Path file, String path, String text) {
    private static final String ESBUILD = "org.mvnpm.at.esbuild:%s:0.25.10";
    private static final String RESOURCES = "META-INF/resources";

    /** The notebook's editor, of CodeMirror, and the book's search, of Lunr. */
    static List<ScriptBundle> buildAll(Home home) throws IOException {
        var work = Files.createTempDirectory("course-scripts");
        try {
            var bundler = new Bundler(esbuild(work), modules(work), work.resolve("errors.txt"));
            return List.of(build(bundler, home, "engine/browser/page/editor", List.of("--format=esm")),
                // A page opened from a disk may load no module.
                build(bundler, home, "engine/book/theme/search", List.of("--format=iife", "--global-name=bookSearch")));
        } finally {
            delete(work);
        }
    }

    /** @param name of its entry NAME.source.js, its licence NAME.licence.txt and what is made of both, NAME.js */
    private static ScriptBundle build(Bundler bundler, Home home, String name, List<String> format) throws IOException {
        var file = home.root().resolve(name + ".js");
        var licence = Files.readString(home.root().resolve(name + ".licence.txt"));
        return new ScriptBundle(file, name + ".js", licence + bundler.bundle(home.root().resolve(name + ".source.js"), format));
    }

    /** Whether the committed file was another; it is as it should be afterwards. */
    boolean write() throws IOException {
        boolean other = isOutdated();
        if (other) {
            Files.writeString(file, text);
        }
        return other;
    }

    List<Finding> differences() throws IOException {
        return isOutdated() ? List.of(new Finding(path, "is not what its sources make now",
            "Run ./jbang docs and commit " + path + ".")) : List.of();
    }

    private boolean isOutdated() throws IOException {
        return Files.notExists(file) || !Files.readString(file).equals(text);
    }

    /**
     * @param esbuild the program
     * @param modules the libraries' modules by the names under which they are imported
     * @param errors  what the program complains of
     */
    private record Bundler(Path esbuild, SortedMap<String, Path> modules, Path errors) {
        String bundle(Path entry, List<String> format) throws IOException {
            var command = new ArrayList<>(List.of(esbuild.toString(), entry.toString(), "--bundle", "--minify",
                "--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning"));
            command.addAll(format);
            modules.forEach((name, file) -> command.add("--alias:" + name + "=" + file));
            var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            var made = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (ended(process) != 0 || Files.size(errors) > 0) {
                throw new IOException("esbuild could not bundle " + entry + ":\n" + Files.readString(errors));
            }
            return made;
        }
    }

    private static int ended(Process process) throws IOException {
        try {
            if (process.waitFor(1, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException("esbuild did not end within a minute");
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while esbuild ran", stopped);
        }
    }

    /** The modules by the names under which others import them: each jar says where in it a module lies, and they do not agree on a way. */
    private static SortedMap<String, Path> modules(Path work) throws IOException {
        var modules = new TreeMap<String, Path>();
        var loader = ScriptBundle.class.getClassLoader();
        for (var map : java.util.Collections.list(loader.getResources("META-INF/importmap.json"))) {
            try (var json = map.openStream()) {
                for (var module : JsonMapper.shared().readTree(json).path("imports").properties()) {
                    if (!module.getKey().endsWith("/")) {
                        modules.put(module.getKey(), unpack(loader.getResourceAsStream(RESOURCES + module.getValue().asString()),
                            work.resolve("modules" + modules.size() + ".js")));
                    }
                }
            }
        }
        return modules;
    }

    private static Path esbuild(Path work) throws IOException {
        var artifact = ESBUILD.formatted(platform());
        try (var jar = new JarFile(Artifacts.jar(artifact, System.err::println).toFile())) {
            var binary = jar.stream().filter(entry -> entry.getName().matches(".*/esbuild(\\.exe)?")).findFirst()
                .orElseThrow(() -> new IOException(artifact + " holds no esbuild"));
            var program = unpack(jar.getInputStream(binary), work.resolve(Path.of(binary.getName()).getFileName()));
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + program + " executable");
            }
            return program;
        }
    }

    private static String platform() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arm = System.getProperty("os.arch").equals("aarch64");
        return (os.startsWith("windows") ? "win32" : os.startsWith("mac") ? "darwin" : "linux") + (arm ? "-arm64" : "-x64");
    }

    private static Path unpack(InputStream from, Path to) throws IOException {
        try (from) {
            Files.copy(from, to);
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
