import java.util.UUID;

/** Says on which shard a user lives. */
public class Shards {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The shard that draws the highest lot for the id has it. */
    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("at least one shard, not " + shards);
        }
        // The other half begins with the variant, which is the same for all;
        // this one has random bits in version 4 as in version 7.
        var seed = mix(id.getMostSignificantBits());
        var home = 0;
        var highest = lot(seed, 0);
        for (var shard = 1; shard < shards; shard++) {
            var lot = lot(seed, shard);
            if (lot > highest) {
                highest = lot;
                home = shard;
            }
        }
        return home;
    }

    private static long lot(long seed, int shard) {
        return mix(seed + GOLDEN * (shard + 1));
    }

    /** Lets every bit change every bit. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
