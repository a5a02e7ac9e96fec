/**
 * What a lesson runs against: a PostgreSQL from Docker, from embedded binaries, from an installation on the machine or
 * behind a URL; databases made and cloned in it; roles and their passwords. Knows nothing of lessons.
 *
 * <p>Start with {@link lab.Lab}: it chooses a {@link lab.Provider}, starts a {@link lab.Server} and hands out
 * {@link lab.Database}s. {@link lab.Cluster} is where processes are started and cleaned up.
 */
package lab;
