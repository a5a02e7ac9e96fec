import java.util.UUID;

/** Says on which shard a user lives. */
public class Shards {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Up to so many shards each one draws a lot; for more of them that would take long. */
    private static final int MANY = 256;

    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("at least one shard, not " + shards);
        }
        var hash = mix(mix(id.getMostSignificantBits() + GOLDEN) ^ id.getLeastSignificantBits());
        return shards <= MANY ? highestLot(hash, shards) : jump(hash, shards);
    }

    /** Rendezvous hashing: the shard with the highest lot has the id. */
    private static int highestLot(long hash, int shards) {
        var home = 0;
        var highest = Long.MIN_VALUE;
        for (var shard = 0; shard < shards; shard++) {
            var lot = mix(hash + GOLDEN * (shard + 1));
            if (lot > highest) {
                highest = lot;
                home = shard;
            }
        }
        return home;
    }

    /** Jump consistent hashing (Lamping, Veach): some ten steps for a thousand shards. */
    private static int jump(long hash, int shards) {
        var home = -1L;
        var next = 0L;
        while (next < shards) {
            home = next;
            hash = hash * 2862933555777941757L + 1;
            next = (long) ((home + 1) * ((double) (1L << 31) / ((hash >>> 33) + 1)));
        }
        return (int) home;
    }

    /** Lets every bit change every bit. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
