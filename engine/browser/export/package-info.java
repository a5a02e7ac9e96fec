/** Exports a notebook as a file. Start with {@link browser.export.Download}. */
package browser.export;
