/**
 * A lesson while it is open: its cells, what runs, what waits, what is stale, what has broken.
 *
 * <p>Start with {@link browser.notebook.Notebook}. {@link browser.notebook.NotebookRunner} runs cells,
 * {@link browser.notebook.NotebookEditor} keeps what is typed, {@link browser.notebook.Recovery} brings back what broke.
 */
package browser.notebook;
