/**
 * The notebook: serves the book's pages on this machine alone and makes their cells live. Reading starts at
 * {@link browser.NotebookServer}; {@link browser.Gate} is what stands between it and everybody else,
 * {@link browser.Notebook} what a lesson is while it is open.
 */
package browser;
