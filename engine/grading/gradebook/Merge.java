package grading.gradebook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What several machines have judged, put together.
 *
 * @param submissions of all of them
 * @param missing     shards that nobody has ended, as "3/8"
 */
public record Merge(List<GradedSubmission> submissions, List<String> missing) {

    /**
     * Copies what the gradebook needs into one folder. Where two have the same file, the one that could judge it is right.
     *
     * @throws lesson.UnknownName where in one of them nothing was judged
     */
    public static Merge into(GradingFolder to, List<GradingFolder> from) {
        var all = new TreeMap<String, GradedSubmission>();
        var ended = new ArrayList<Shard>();
        for (var folder : from) {
            ended.addAll(folder.endedShards());
            for (var submission : folder.submissions()) {
                var other = all.get(submission.file());
                if (other == null || !other.isJudged()) {
                    all.put(submission.file(), submission);
                    to.add(submission, folder);
                }
            }
        }
        return new Merge(List.copyOf(all.values()), missing(ended));
    }

    private static List<String> missing(Collection<Shard> ended) {
        var missing = new ArrayList<String>();
        for (int count : new TreeSet<>(ended.stream().map(Shard::count).toList())) {
            for (int index = 1; index <= count; index++) {
                if (!Set.copyOf(ended).contains(new Shard(index, count))) {
                    missing.add(index + "/" + count);
                }
            }
        }
        return missing;
    }
}
