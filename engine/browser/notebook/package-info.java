/**
 * A lesson while it is open: one thread owns what is known of it, others do what takes long.
 *
 * <p>Start with {@link browser.notebook.Notebook}. {@link browser.notebook.NotebookWriter} takes events and begins their effects,
 * {@link browser.notebook.CellExecution} runs a cell, {@link browser.notebook.NotebookRuntime} is what it runs on. What an event
 * makes of the state is in {@link browser.notebook.state.Transition}.
 */
package browser.notebook;
