/**
 * What is known of an open lesson, as immutable records, and what each event makes of it: {@link browser.notebook.state.Transition}
 * takes a {@link browser.notebook.state.NotebookState} and a {@link browser.notebook.state.NotebookEvent}, and gives the next state
 * and the {@link browser.notebook.state.Effect}s that belong to it. Nothing here starts a thread, looks at a clock or asks a database.
 *
 * <p>More than 25 files, because only a transition may change a state, and what changes it is parted by topic.
 */
package browser.notebook.state;
