package book;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import lesson.Exercise;
import lesson.Home;

/**
 * Turns links between sources into links between pages. Authors point from file to file, as an editor follows them
 * ({@code xref:../03-migrations/lesson03.adoc#lock-queue[]}); pages stand elsewhere.
 */
public final class SourceLinks {
    private final Map<String, String> pages = new HashMap<>();

    private SourceLinks(Home home) {
        home.lessons().forEach(lesson -> pages.put(ClonePaths.of(home, lesson.prose()), lesson.id() + ".html"));
        home.exercises().forEach(exercise ->
            pages.put(ClonePaths.of(home, exercise.task()), ExercisePage.path(exercise)));
    }

    /** For all lessons and exercises of a clone. */
    public static SourceLinks of(Home home) {
        return new SourceLinks(home);
    }

    /** Changes the links of a page in place. */
    public void rewrite(BookPage page) {
        page.main().select("a[href]").forEach(link -> {
            var target = link.attr("href");
            int hash = target.indexOf('#');
            var file = hash < 0 ? target : target.substring(0, hash);
            if (file.endsWith(".html") && !file.contains(":")) {
                var source = URI.create(page.source()).resolve(file).getPath().replaceFirst("\\.html$", ".adoc");
                if (pages.containsKey(source)) {
                    link.attr("href", page.root() + pages.get(source) + (hash < 0 ? "" : target.substring(hash)));
                }
            }
        });
    }
}
