/**
 * Runs Java cells of the notebook. JShell's front end, compiler and completion, works in this process; what it has compiled
 * runs in a child JVM, one a page, which can be stopped and killed ({@code kernel.jshell.child}).
 *
 * <p>Start with {@link kernel.jshell.JavaKernel}. {@link kernel.jshell.snippet.Snippets} runs a piece of Java, snippet after snippet;
 * the Java prompt of the terminal uses it too.
 */
package kernel.jshell;
