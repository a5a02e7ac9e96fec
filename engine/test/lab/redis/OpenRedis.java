package lab.redis;

import lab.Progress;

/** Starts a Redis, says its address, and waits to be killed. */
final class OpenRedis {
    private OpenRedis() { }

    public static void main(String... args) throws Exception {
        try (var redis = RedisProcess.start(Progress.SILENT)) {
            System.out.println(redis.uri());
            Thread.sleep(60_000);
        }
    }
}
