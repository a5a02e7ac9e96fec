/** Java source to loaded classes, in memory. Start with {@link kernel.compile.JavaCompiler}. */
package kernel.compile;
