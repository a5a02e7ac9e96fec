import java.util.UUID;

/** Says on which shard a user lives. */
public class Shards {
    public static int shardFor(UUID id, int shards) {
        return Math.abs(id.hashCode()) % shards;
    }
}
