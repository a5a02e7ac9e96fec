/**
 * What runs the cells of one open lesson: a server with its database, and the kernels. Start with
 * {@link browser.runtime.Kernels}.
 */
package browser.runtime;
