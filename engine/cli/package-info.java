/**
 * The commands: what a person types, and the exit code that comes back (0 well, 1 a claim or a check failed, 2 wrong
 * usage or nothing could be judged). More than 25 files, because each command is one.
 *
 * <p>Start with {@link cli.Main}.
 */
package cli;
