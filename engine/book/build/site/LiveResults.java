package book.build.site;

import java.util.Map;

/**
 * What {@code publish.mjs} says when it has made the databases and run the cells.
 *
 * @param postgres the version that ran them
 * @param sizes    in bytes, by the name of a database's file
 * @param lessons  what came of a lesson's items, by the ids of both
 */
record LiveResults(String postgres, Map<String, Long> sizes, Map<String, Map<String, ItemResult>> lessons) {

    /**
     * @param state      "done", or "failed"
     * @param difference from the recording, in a sentence; empty where there is none
     * @param why        it failed
     */
    record ItemResult(String state, String difference, String why) {
        boolean isDone() {
            return state.equals("done");
        }
    }

    Map<String, ItemResult> of(LiveLesson lesson) {
        return lessons.getOrDefault(lesson.lesson().id(), Map.of());
    }
}
