package lab.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.Map;
import lab.Child;
import lab.Progress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

class RedisTest {

    @Test
    @DisplayName("it is real, empty, wants its password, and is gone when it is closed")
    void life() {
        Redis closed;
        try (var redis = RedisProcess.start(Progress.SILENT)) {
            closed = redis;
            try (var jedis = new Jedis(redis.uri())) {
                assertEquals(0, jedis.dbSize());
                jedis.set("duck", "Donald");
                assertEquals("Donald", jedis.get("duck"));
            }
            try (var stranger = new Jedis(redis.host(), redis.port())) {
                assertThrows(JedisException.class, stranger::dbSize);
            }
            assertFalse(redis.toString().contains(redis.password()));
        }
        assertThrows(JedisException.class, () -> new Jedis(closed.uri()).ping());
    }

    @Test
    @DisplayName("two at once never meet")
    void two() {
        try (var one = RedisProcess.start(Progress.SILENT); var other = RedisProcess.start(Progress.SILENT);
             var first = new Jedis(one.uri()); var second = new Jedis(other.uri())) {
            first.set("only", "here");
            assertEquals(0, second.dbSize());
        }
    }

    @Test
    @DisplayName("it does not outlive a JVM that is killed")
    void killed() throws Exception {
        try (var child = Child.start(OpenRedis.class, Map.of())) {
            var uri = child.line();
            try (var jedis = new Jedis(uri)) {
                jedis.ping();
            }
            child.kill();
            var end = System.currentTimeMillis() + 20_000;
            while (answers(uri)) {
                assertTrue(System.currentTimeMillis() < end, "Redis still answers 20 s after its JVM was killed");
                Thread.sleep(20);
            }
        }
    }

    private static boolean answers(String uri) {
        try (var jedis = new Jedis(uri)) {
            return jedis.ping() != null;
        } catch (JedisException e) {
            return false;
        }
    }
}
