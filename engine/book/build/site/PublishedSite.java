package book.build.site;

import book.Site;
import book.site.CourseChange;
import book.site.SiteMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson.Home;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is published into a folder: the book, and beside it all that its SQL cells need to run in a browser. */
public final class PublishedSite {
    private static final List<String> SCRIPTS = List.of("start.js", "live.css", "cells.js", "database.js", "packed.js", "worker.js", "session.js");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Home home;
    private final Optional<SiteMetadata> metadata;
    private final Path folder;
    private final Path live;

    private PublishedSite(Home home, Optional<SiteMetadata> metadata, Path folder) {
        this.home = home;
        this.metadata = metadata;
        this.folder = folder;
        this.live = folder.resolve("assets/live");
    }

    /** A file and its size. */
    private record FetchedFile(String name, long bytes) { }

    /**
     * What a page is told of its lesson.
     *
     * @param data        file of the database with which it begins
     * @param files       what the first click fetches
     * @param posts       whether that database has a tenth of the posts
     * @param differences in which results are not as recorded, by the item
     */
    private record ToldLesson(String postgres, String data, List<FetchedFile> files, boolean posts, List<String> extensions, Map<String, String> differences, List<LiveItem> items) { }

    /**
     * Writes the site; what other files are in the folder stays.
     *
     * @param metadata for others, where it is known at which address the site will be; else there are no site map and feed either
     */
    public static void write(Home home, Site site, Optional<SiteMetadata> metadata, Path folder) throws IOException {
        try {
            new PublishedSite(home, metadata, folder.toAbsolutePath().normalize()).write(site);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the published book was made", stopped);
        }
    }

    private void write(Site site) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(".nojekyll"), ""); // GitHub Pages publishes files as they are
        for (var name : List.of("data", "lessons")) {
            Files.createDirectories(live.resolve(name));
        }
        var lessons = new ArrayList<LiveLesson>();
        for (var lesson : home.lessons()) {
            lessons.add(LiveLesson.of(lesson));
        }
        copyScripts();
        LiveScript.write(live.resolve("engine.js"));
        var pglite = PglitePackage.of(home);
        pglite.copy(live.resolve("pglite"), lessons.stream().flatMap(lesson -> lesson.extensions().stream()).collect(Collectors.toSet()));
        var databases = LiveDatabases.of(lessons, pglite.folder(), live.resolve("engine.js"));
        var results = databases.results();
        for (var layer : results.sizes().keySet()) {
            Files.copy(databases.file(layer), live.resolve(data(layer)), StandardCopyOption.REPLACE_EXISTING);
        }
        var running = lessons.stream().map(lesson -> RunningLesson.of(lesson, results.of(lesson))).toList();
        for (var lesson : running) {
            if (!lesson.lesson().cells().isEmpty()) {
                tell(lesson, results.postgres(), pglite);
            }
        }
        writePages(site, running);
    }

    private void tellOthers(SiteMetadata metadata, Map<String, String> files) throws IOException, InterruptedException {
        var pages = files.keySet().stream().filter(file -> file.endsWith(".html")).toList();
        pages.forEach(page -> files.computeIfPresent(page, metadata::page));
        files.put("sitemap.xml", metadata.sitemap(pages));
        files.put(SiteMetadata.FEED, metadata.feed(CourseChange.newest(home)));
        Files.copy(home.root().resolve(".github/readme/card.png"), folder.resolve(SiteMetadata.CARD), StandardCopyOption.REPLACE_EXISTING);
    }

    private void copyScripts() throws IOException {
        for (var script : SCRIPTS) {
            Files.copy(home.root().resolve("engine/book/live").resolve(script), live.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(home.root().resolve("engine/browser/page/plans.js"), live.resolve("plans.js"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String data(String layer) {
        return "data/" + layer + LiveDatabases.PACKED;
    }

    private void tell(RunningLesson running, String postgres, PglitePackage pglite) throws IOException {
        var lesson = running.lesson();
        var data = data(LiveDatabases.before(lesson.lesson()));
        var files = new ArrayList<FetchedFile>();
        for (var name : Stream.concat(pglite.fetched(lesson.extensions()).map("pglite/"::concat), Stream.of(data)).toList()) {
            files.add(new FetchedFile(name, Files.size(live.resolve(name))));
        }
        var told = new ToldLesson(postgres, data, files, LiveDatabases.hasFewerPosts(lesson.lesson()), pglite.known(lesson.extensions()), running.differences(), running.items());
        Files.write(live.resolve("lessons").resolve(lesson.lesson().id() + ".json"), JSON.writeValueAsBytes(told));
    }

    private void writePages(Site site, List<RunningLesson> lessons) throws IOException, InterruptedException {
        var pages = new HashMap<>(site.files());
        var shares = new HashMap<String, LivePage.Share>();
        for (var lesson : lessons) {
            shares.put(lesson.page(), new LivePage.Share(lesson.cells(), LivePage.cells(pages.getOrDefault(lesson.page(), ""))));
            pages.computeIfPresent(lesson.page(), (page, html) -> LivePage.lesson(html, lesson.running()));
        }
        pages.computeIfPresent("index.html", (page, html) -> LivePage.index(html, shares));
        if (metadata.isPresent()) {
            tellOthers(metadata.get(), pages);
        }
        for (var page : pages.entrySet()) {
            var file = folder.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue());
        }
    }
}
