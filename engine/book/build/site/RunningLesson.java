package book.build.site;

import book.build.site.LiveResults.ItemResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A lesson, and what of it runs in a browser.
 *
 * @param running ids of its items
 */
record RunningLesson(LiveLesson lesson, Map<String, ItemResult> results, Set<String> running) {

    /** What ran, and needs no cell that failed, which may have made half of it; one that must fail makes nothing. */
    static RunningLesson of(LiveLesson lesson, Map<String, ItemResult> results) {
        var cells = lesson.cells().stream().filter(cell -> cell.sqlState().isEmpty()).map(LiveItem::id).collect(Collectors.toSet());
        var running = new LinkedHashSet<String>();
        for (var item : lesson.items()) {
            if (results.containsKey(item.id()) && results.get(item.id()).isDone() && item.needs().stream().allMatch(id -> running.contains(id) || !cells.contains(id))) {
                running.add(item.id());
            }
        }
        return new RunningLesson(lesson, results, running);
    }

    /** Its page in the book. */
    String page() {
        return lesson.lesson().id() + ".html";
    }

    int cells() {
        return (int) lesson.cells().stream().filter(cell -> running.contains(cell.id())).count();
    }

    /** What runs, each with what it needs of it. */
    List<LiveItem> items() {
        return lesson.items().stream().filter(item -> running.contains(item.id())).map(item -> item.needing(item.needs().stream().filter(running::contains).toList())).toList();
    }

    /** In which results are not as recorded, by the item. */
    Map<String, String> differences() {
        return running.stream().filter(id -> !results.get(id).difference().isEmpty()).collect(Collectors.toMap(id -> id, id -> results.get(id).difference()));
    }
}
