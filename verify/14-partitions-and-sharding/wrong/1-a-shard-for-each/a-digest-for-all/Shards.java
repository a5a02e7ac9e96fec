import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Says on which shard a user lives: a jump consistent hash of the id's SHA-256. */
public class Shards {
    /** Looked up once, since that is slower than the hash itself; digest() resets it each time. */
    private static final MessageDigest SHA_256 = sha256();

    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("at least one shard is needed, not " + shards);
        }
        long key = key(id);
        long shard = 0;
        long next = 0;
        while (next < shards) {
            shard = next;
            key = key * 2862933555777941757L + 1;
            next = (long) ((shard + 1) * ((double) (1L << 31) / (double) ((key >>> 33) + 1)));
        }
        return (int) shard;
    }

    private static long key(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return ByteBuffer.wrap(SHA_256.digest(bytes)).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
