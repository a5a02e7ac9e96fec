/** A real Redis beside the server, in a container or as a process. Start with {@link lab.redis.Redis}. */
package lab.redis;
