import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Says on which shard a user lives. */
public class Shards {
    /** The shard that draws the highest lot for the id has it. */
    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("at least one shard, not " + shards);
        }
        var sha = sha256();
        var home = 0;
        var highest = Long.MIN_VALUE;
        for (var shard = 0; shard < shards; shard++) {
            var ticket = String.format("%s#%04d", id, shard).getBytes(StandardCharsets.UTF_8);
            var lot = ByteBuffer.wrap(sha.digest(ticket)).getLong();
            if (lot > highest) {
                highest = lot;
                home = shard;
            }
        }
        return home;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);     // every JDK has it
        }
    }
}
