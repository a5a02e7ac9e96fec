/**
 * A lesson while it is open: its cells, which of them run, wait or are stale, and what to do when something breaks.
 *
 * <p>Start with {@link browser.notebook.Notebook}. {@link browser.notebook.NotebookRunner} runs cells,
 * {@link browser.notebook.NotebookEditor} keeps what is typed, {@link browser.notebook.Recovery} replaces what has broken.
 */
package browser.notebook;
