import java.util.UUID;

/** Says on which shard a user lives. */
public class Shards {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int BUCKETS = 65_536;

    /** An id has a bucket for ever; the shards draw lots for the buckets. */
    public static int shardFor(UUID id, int shards) {
        if (shards < 1) throw new IllegalArgumentException("at least one shard is needed, not " + shards);
        long hash = mix(mix(id.getMostSignificantBits() + GOLDEN) ^ id.getLeastSignificantBits());
        long bucket = Long.remainderUnsigned(hash, BUCKETS);
        int best = 0;
        long highest = Long.MIN_VALUE;
        for (int shard = 0; shard < shards; shard++) {
            long lot = mix(mix(bucket + GOLDEN) + (shard + 1) * GOLDEN);
            if (lot > highest) {
                highest = lot;
                best = shard;
            }
        }
        return best;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
