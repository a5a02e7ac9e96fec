package book.build;

import book.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import lab.os.Artifacts;
import lesson.Home;
import tools.jackson.databind.json.JsonMapper;

/**
 * The notebook's editor: CodeMirror's modules, which lie on the class path as jars of mvnpm, and our entry, in one file.
 * esbuild makes it, the same bytes from the same versions on every machine; it is committed, so that nobody needs esbuild to learn.
 */
record EditorBundle(Path file, String text) {
    private static final String ESBUILD = "org.mvnpm.at.esbuild:%s:0.25.10";
    private static final String PAGE = "engine/browser/page/";
    private static final String RESOURCES = "META-INF/resources";

    static EditorBundle build(Home home) throws IOException {
        var page = home.root().resolve(PAGE);
        var work = Files.createTempDirectory("course-editor");
        try {
            var bundled = bundle(work, page.resolve("editor.source.js"));
            return new EditorBundle(page.resolve("editor.js"), Files.readString(page.resolve("editor.licence.txt")) + bundled);
        } finally {
            delete(work);
        }
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
        return isOutdated() ? List.of(new Finding(PAGE + file.getFileName(), "is not what its sources make now",
            "Run ./jbang docs and commit " + PAGE + ".")) : List.of();
    }

    private boolean isOutdated() throws IOException {
        return Files.notExists(file) || !Files.readString(file).equals(text);
    }

    private static String bundle(Path work, Path entry) throws IOException {
        var command = new ArrayList<>(List.of(esbuild(work).toString(), entry.toString(), "--bundle", "--minify", "--format=esm",
            "--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning"));
        modules(work).forEach((name, file) -> command.add("--alias:" + name + "=" + file));
        var errors = work.resolve("errors.txt");
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        var made = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (ended(process) != 0 || Files.size(errors) > 0) {
            throw new IOException("esbuild could not bundle " + entry + ":\n" + Files.readString(errors));
        }
        return made;
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
    private static TreeMap<String, Path> modules(Path work) throws IOException {
        var modules = new TreeMap<String, Path>();
        var loader = EditorBundle.class.getClassLoader();
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
