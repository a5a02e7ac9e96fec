package grading.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lab.Progress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisCloneTest {
    private static final String VERIFIER = """
        import grading.*;
        import org.junit.jupiter.api.*;
        import redis.clients.jedis.Jedis;

        class SumUpTest {
            @Test @DisplayName("Redis is empty")
            void empty(Clone db, RedisClone redis) throws Exception {
                try (var jedis = new Jedis(redis.uri()); var connection = db.app().connect()) {
                    Expect.equal("The keys in Redis", 0L, jedis.dbSize(), "the Redis of another verification");
                    jedis.set("sum", Long.toString(SumUp.sum(connection)));
                }
            }

            @Test @DisplayName("Redis is the same for all checks") @Needs("empty")
            void same(RedisClone redis) {
                try (var jedis = new Jedis(redis.uri())) {
                    Expect.equal("The sum in Redis", "5050", jedis.get("sum"), "the Redis of another check");
                }
            }
        }
        """;

    @Test
    @DisplayName("a verifier that asks for Redis gets one of its own for each verification, shared by its checks")
    void ownAndShared() throws Exception {
        try (var course = new SampleCourse(); var service = VerificationService.open("embedded", Progress.SILENT)) {
            course.write("verify/02-sums/SumUpTest.java", VERIFIER);
            course.answer(SampleCourse.GOOD);
            for (int i = 0; i < 2; i++) {
                var verdict = service.verify(course.exercise(), course.exercise().folder());
                assertTrue(verdict.passed(), () -> verdict.checks().toString());
            }
        }
    }
}
