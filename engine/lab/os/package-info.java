/**
 * What the lab asks of the operating system: folders, locks, caches, processes and their pipes, privileges.
 *
 * <p>Start with {@link lab.os.Caches}, where things are kept, and {@link lab.os.Guard}, which ends a server with its JVM.
 */
package lab.os;
