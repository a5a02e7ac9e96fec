package grading;

/**
 * An empty Redis of one verification, stopped afterwards; its checks share it. Ask for it as a parameter of a check.
 * A Redis is started only for verifiers that do.
 *
 * @param uri {@code redis://:password@host:port/0}
 */
public record RedisClone(String host, int port, String password, String uri) { }
