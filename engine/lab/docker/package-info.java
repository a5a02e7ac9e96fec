/**
 * PostgreSQL, and PgBouncer, in containers, by Testcontainers.
 *
 * <p>Start with {@link lab.docker.DockerProvider}.
 */
package lab.docker;
