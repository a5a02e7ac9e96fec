/**
 * What a lesson runs against, as everybody sees it: a {@link lab.Server} that some {@link lab.Provider} started, the
 * {@link lab.Database}s on it, the {@link lab.Roles} that connect and their {@link lab.Login}s. Knows nothing of lessons, and
 * not which providers there are.
 *
 * <p>Start with {@link lab.Lab}. The providers stand in rooms of their own: {@code lab.cluster} (binaries of this machine),
 * {@code lab.docker}, {@code lab.url}; {@code lab.provider} knows them all and chooses.
 */
package lab;
