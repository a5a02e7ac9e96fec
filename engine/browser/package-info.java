/**
 * The notebook: serves the book's pages on this machine alone and makes their cells live. Reading starts at
 * {@link browser.NotebookServer}; {@link browser.http.Gate} is what stands between it and everybody else,
 * {@link browser.notebook.Notebook} what a lesson is while it is open.
 */
package browser;
