/** A notebook as a file to take away. Start with {@link browser.export.Download}. */
package browser.export;
