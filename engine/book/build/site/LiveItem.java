package book.build.site;

import java.util.List;
import lesson.Region;

/**
 * Something that may run in the reader's browser.
 *
 * @param id       the step's; of a setup, one of its own
 * @param setup    whether it is what a step in Java executes for the steps after it, which nobody sees
 * @param role     app, owner or admin
 * @param sqlState with which it must fail, or empty
 * @param recorded what is the same wherever it runs, lines of {@link book.build.live.LiveLikeness}
 * @param needs    ids of those above that have to run before it, in their order
 */
record LiveItem(String id, boolean setup, String source, String role, String sqlState, List<String> recorded, List<String> needs) {
    static LiveItem cell(Region region, List<String> recorded) {
        return new LiveItem(region.id(), false, region.source(), region.role().word(), region.sqlState(), recorded, List.of());
    }

    static LiveItem setup(String id, String role, String sql) {
        return new LiveItem(id, true, sql, role, "", List.of(), List.of());
    }

    LiveItem needing(List<String> others) {
        return new LiveItem(id, setup, source, role, sqlState, recorded, others);
    }
}
