package browser.notebook.state;

/** Something that may change the state of a notebook. */
public sealed interface NotebookEvent permits PageCommand, RuntimeEvent { }
