package book.build.site;

import book.Site;
import elsewhere.NodePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import lesson.Home;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is published into a folder: the book, and beside it all that its SQL cells need to run in a browser. */
public final class PublishedSite {
    private static final List<String> SCRIPTS = List.of("start.js", "live.css", "cells.js", "database.js", "packed.js", "worker.js", "session.js");
    /** What PGlite asks for by itself; the two large ones are packed, because not every server packs what it sends. */
    private static final List<String> LARGE = List.of("pglite.wasm", "pglite.data");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Home home;
    private final Path folder;
    private final Path live;

    private PublishedSite(Home home, Path folder) {
        this.home = home;
        this.folder = folder;
        this.live = folder.resolve("assets/live");
    }

    /** Writes the site; what other files are in the folder stays. */
    public static void write(Home home, Site site, Path folder) throws IOException {
        try {
            new PublishedSite(home, folder.toAbsolutePath().normalize()).write(site);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the published book was made", stopped);
        }
    }

    private void write(Site site) throws IOException, InterruptedException {
        for (var name : List.of("data", "lessons", "pglite/contrib")) {
            Files.createDirectories(live.resolve(name));
        }
        var lessons = new ArrayList<LiveLesson>();
        for (var lesson : home.lessons()) {
            lessons.add(LiveLesson.of(lesson));
        }
        var pglite = NodePackages.folder(home.root().resolve("engine/book/live")).resolve("@electric-sql/pglite/dist");
        copyScripts();
        copyDatabase(pglite, lessons);
        LiveScript.write(live.resolve("engine.js"));
        var databases = LiveDatabases.of(lessons, pglite, live.resolve("engine.js"));
        var made = databases.said();
        for (var layer : made.path("sizes").propertyNames()) {
            Files.copy(databases.folder().resolve(layer + ".tar.gz"), live.resolve("data").resolve(layer + ".tar.gz"), StandardCopyOption.REPLACE_EXISTING);
        }
        var pages = new HashMap<>(site.files());
        var shares = new HashMap<String, int[]>();
        for (var lesson : lessons) {
            var ran = made.path("lessons").path(lesson.lesson().id());
            var running = running(lesson, ran);
            var name = lesson.lesson().id() + ".html";
            pages.computeIfPresent(name, (page, html) -> LivePage.lesson(html, running));
            shares.put(name, new int[] {(int) lesson.cells().stream().filter(cell -> running.contains(cell.id())).count(), cells(site.files().getOrDefault(name, ""))});
            writeLesson(lesson, ran, made);
        }
        pages.computeIfPresent("index.html", (page, html) -> LivePage.index(html, shares));
        for (var page : pages.entrySet()) {
            var file = folder.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue());
        }
    }

    /** What ran, and needs no cell that failed, which may have made half of it; one that must fail makes nothing. */
    private static Set<String> running(LiveLesson lesson, JsonNode ran) {
        var cells = lesson.cells().stream().filter(cell -> cell.sqlState().isEmpty()).map(LiveItem::id).collect(Collectors.toSet());
        var running = new LinkedHashSet<String>();
        for (var item : lesson.items()) {
            if (ran.path(item.id()).path("state").asString("").equals("done") && item.needs().stream().allMatch(id -> running.contains(id) || !cells.contains(id))) {
                running.add(item.id());
            }
        }
        return running;
    }

    private static int cells(String html) {
        return html.split("<pre class=\"cell\">", -1).length - 1;
    }

    private void copyScripts() throws IOException {
        for (var script : SCRIPTS) {
            Files.copy(home.root().resolve("engine/book/live").resolve(script), live.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(home.root().resolve("engine/browser/page/plans.js"), live.resolve("plans.js"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of the package what a browser loads, and the extensions that lessons create. */
    private void copyDatabase(Path pglite, List<LiveLesson> lessons) throws IOException {
        var extensions = lessons.stream().flatMap(lesson -> lesson.extensions().stream()).collect(Collectors.toSet());
        try (var files = Files.list(pglite)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (name.matches("(index|pglite|initdb|templating|chunk-\\w+)\\.js|initdb\\.wasm") || extensions.contains(name.replace(".tar.gz", ""))) {
                    Files.copy(file, live.resolve("pglite").resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (var name : LARGE) {
            try (var packed = new GZIPOutputStream(Files.newOutputStream(live.resolve("pglite").resolve(name + ".gz")))) {
                Files.copy(pglite.resolve(name), packed);
            }
        }
        for (var extension : extensions) {
            var module = pglite.resolve("contrib").resolve(extension + ".js");
            if (Files.exists(module)) {
                Files.copy(module, live.resolve("pglite/contrib").resolve(extension + ".js"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void writeLesson(LiveLesson lesson, JsonNode ran, JsonNode made) throws IOException {
        if (lesson.cells().isEmpty()) {
            return;
        }
        var layer = LiveDatabases.before(lesson.lesson());
        var ids = running(lesson, ran);
        var items = lesson.items().stream().filter(item -> ids.contains(item.id())).toList();
        var told = new LinkedHashMap<String, Object>();
        told.put("postgres", made.path("postgres").asString());
        told.put("data", "data/" + layer + ".tar.gz");
        told.put("files", files(lesson, layer));
        told.put("posts", lesson.lesson().number().compareTo("05") >= 0);
        told.put("extensions", extensions(lesson));
        told.put("differences", items.stream().filter(item -> !difference(ran, item).isEmpty()).collect(Collectors.toMap(LiveItem::id, item -> difference(ran, item))));
        told.put("items", items.stream().map(item -> item.needing(item.needs().stream().filter(ids::contains).toList())).toList());
        Files.write(live.resolve("lessons").resolve(lesson.lesson().id() + ".json"), JSON.writeValueAsBytes(told));
    }

    private static String difference(JsonNode ran, LiveItem item) {
        return ran.path(item.id()).path("difference").asString("");
    }

    /** Of its extensions those that come with the package. */
    private List<String> extensions(LiveLesson lesson) {
        return lesson.extensions().stream().filter(name -> Files.exists(live.resolve("pglite/contrib").resolve(name + ".js"))).toList();
    }

    /** What the first click fetches, with its sizes. */
    private List<Map<String, Object>> files(LiveLesson lesson, String layer) throws IOException {
        var files = new ArrayList<Map<String, Object>>();
        var names = Stream.concat(Stream.of("pglite/pglite.wasm.gz", "pglite/pglite.data.gz", "pglite/initdb.wasm", "data/" + layer + ".tar.gz"),
            extensions(lesson).stream().map(name -> "pglite/" + name + ".tar.gz"));
        for (var name : names.toList()) {
            files.add(Map.of("name", name, "bytes", Files.size(live.resolve(name))));
        }
        return files;
    }
}
