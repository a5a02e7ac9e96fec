import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Says on which shard a user lives. */
public class Shards {
    private static final long[] SALTS = new long[1000];

    static {
        for (int shard = 0; shard < SALTS.length; shard++) {
            long salt = 0;
            for (byte letter : String.format("shard-%04d", shard).getBytes(StandardCharsets.UTF_8)) {
                salt = mixed(salt * 31 + letter);
            }
            SALTS[shard] = salt;
        }
    }

    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException(shards + " shards");
        }
        long hash = mixed(mixed(id.getMostSignificantBits()) + id.getLeastSignificantBits());
        int winner = 0;
        long highest = Long.MIN_VALUE;
        for (int shard = 0; shard < shards; shard++) {
            long lot = mixed(hash ^ SALTS[shard]);
            if (lot > highest) {
                highest = lot;
                winner = shard;
            }
        }
        return winner;
    }

    private static long mixed(long z) {
        z += 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
