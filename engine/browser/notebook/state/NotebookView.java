package browser.notebook.state;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * All that a page has to know.
 *
 * @param rev  how often something was written
 * @param more what is not the notebook's own: exercises, progress
 */
public record NotebookView(String lesson, int rev, List<CellView> cells, KernelStatus kernel, DatabaseStatus database,
                           List<WindowMessage.Session> sessions, @JsonUnwrapped Object more) {

    /** The state for the page of a lesson. */
    public static NotebookView of(String lesson, NotebookState state, Object more) {
        var runtime = state.runtime();
        return new NotebookView(lesson, state.rev(), state.cells().all().stream().map(cell -> CellView.of(state.cells(), cell)).toList(),
            runtime.kernel(), runtime.database(), WindowMessage.Session.of(runtime.sessions()), more);
    }
}
