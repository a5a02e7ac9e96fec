/**
 * The notebook: serves the book's pages on this machine alone and makes their cells live. Reading starts at
 * {@link browser.NotebookServer}; {@link browser.http.Gate} decides which requests are answered,
 * {@link browser.notebook.Notebook} is a lesson while it is open.
 */
package browser;
