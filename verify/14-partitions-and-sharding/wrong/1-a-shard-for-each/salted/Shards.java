import java.util.UUID;

/** Says on which shard a user lives. Every shard draws a lot for every id, and the highest wins: rendezvous hashing. */
public class Shards {
    private static final long SALT = System.nanoTime();

    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("there has to be a shard, not " + shards);
        }
        var best = 0;
        for (int shard = 1; shard < shards; shard++) {
            if (lot(id, shard) > lot(id, best)) { // a new shard changes nobody else's lot
                best = shard;
            }
        }
        return best;
    }

    /** From both halves of the id: in version 7, the first one is mostly the time. */
    private static long lot(UUID id, int shard) {
        return mix(mix(mix(shard + SALT) ^ id.getMostSignificantBits()) ^ id.getLeastSignificantBits());
    }

    /** Has all bits change all bits. Written out, so that no new version of a library moves everybody. */
    private static long mix(long bits) {
        var half = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        var more = (half ^ half >>> 33) * 0xc4ceb9fe1a85ec53L;
        return more ^ more >>> 33;
    }
}
