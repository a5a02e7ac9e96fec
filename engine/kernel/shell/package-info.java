/** Runs the shell cells of a notebook. There is one class: {@link kernel.shell.ShellKernel}. */
package kernel.shell;
