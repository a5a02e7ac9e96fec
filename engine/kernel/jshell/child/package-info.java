/**
 * What runs in the child JVM of a notebook page: it executes snippets that the host's JShell has compiled, and
 * reports their results. Nothing here knows JShell's front end.
 *
 * <p>Start with {@link kernel.jshell.child.Child}; {@link kernel.jshell.child.HostPage} is what code in the child may ask for.
 */
package kernel.jshell.child;
