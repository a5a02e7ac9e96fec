import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.IntStream;

/** Says on which shard a user lives: the one with the highest lot, drawn by SHA-256. */
public class Shards {
    public static int shardFor(UUID id, int shards) {
        if (shards < 1) {
            throw new IllegalArgumentException("no shards");
        }
        return IntStream.range(0, shards).boxed().max(Comparator.comparing(shard -> lot(id, shard))).orElseThrow();
    }

    private static long lot(UUID id, int shard) {
        try {
            var bytes = ByteBuffer.allocate(20).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).putInt(shard);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.array())).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
