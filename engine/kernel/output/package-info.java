/**
 * What an experiment can show. The list is closed: {@link kernel.output.Output}. Terminal, book and notebook draw outputs;
 * nobody else makes new kinds of them.
 *
 * <p>{@link kernel.output.Failures} turns an exception into an output, {@link kernel.output.Tables} a result set,
 * {@link kernel.output.Plans} a plan, {@link kernel.output.ValueOutput} any value of Java.
 */
package kernel.output;
