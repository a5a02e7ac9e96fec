import java.util.TreeMap;
import java.util.UUID;

/** Says on which shard a user lives: the next one on a ring. */
public class Shards {
    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("there has to be a shard, not " + shards);
        }
        var ring = new TreeMap<Long, Integer>();
        for (int shard = 0; shard < shards; shard++) {
            for (int point = 0; point < 3; point++) {
                ring.put(mix(1000L * shard + point + 1), shard);
            }
        }
        var next = ring.ceilingEntry(mix(mix(id.getMostSignificantBits()) ^ id.getLeastSignificantBits()));
        return next == null ? ring.firstEntry().getValue() : next.getValue();
    }

    /** Has all bits change all bits. Written out, so that no new version of a library moves everybody. */
    private static long mix(long bits) {
        var half = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        var more = (half ^ half >>> 33) * 0xc4ceb9fe1a85ec53L;
        return more ^ more >>> 33;
    }
}
