/** Runs the shell cells of a notebook with the client tools of the lab. Start with {@link kernel.shell.ShellKernel}. */
package kernel.shell;
