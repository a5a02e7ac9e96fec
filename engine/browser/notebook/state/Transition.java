package browser.notebook.state;

import browser.http.Refusal;
import java.util.List;

/**
 * What an event makes of a state.
 *
 * @param state   what is true from then on
 * @param effects what has to be done so that it is
 */
public record Transition(NotebookState state, List<Effect> effects) {

    /** @throws Refusal where a command cannot be carried out; then everything is as before */
    public static Transition of(NotebookState state, NotebookEvent event) {
        var draft = new Draft(state);
        switch (event) {
            case PageCommand command -> carryOut(draft, command);
            case RuntimeEvent happened -> note(draft, happened);
        }
        return new Transition(draft.state(), draft.effects());
    }

    private static void carryOut(Draft draft, PageCommand command) {
        if (draft.state().isClosed() && !(command instanceof PageCommand.Close)) {
            throw new Refusal(409, "this notebook was closed; load the page again");
        }
        switch (command) {
            case PageCommand.Open open -> RuntimeChanges.ensureStarted(draft);
            case PageCommand.OpenWindow open -> openWindow(draft, open);
            case PageCommand.Run run -> Running.run(draft, run);
            case PageCommand.Stop stop -> Running.stop(draft);
            case PageCommand.Reset reset -> Recovering.reset(draft, reset);
            case PageCommand.Save save -> Editing.save(draft, save);
            case PageCommand.Edit edit -> Editing.edit(draft, edit);
            case PageCommand.Restore restore -> Editing.restore(draft, restore);
            case PageCommand.Add add -> Editing.add(draft, add);
            case PageCommand.Change change -> Editing.change(draft, change);
            case PageCommand.Remove remove -> Editing.remove(draft, remove);
            case PageCommand.Close close -> close(draft);
        }
    }

    private static void note(Draft draft, RuntimeEvent happened) {
        switch (happened) {
            case RuntimeEvent.DatabaseStarting starting -> RuntimeChanges.starting(draft, starting);
            case RuntimeEvent.DatabaseReady ready -> RuntimeChanges.ready(draft, ready);
            case RuntimeEvent.DatabaseFailed failed -> RuntimeChanges.failed(draft, failed);
            case RuntimeEvent.KernelReady ready -> RuntimeChanges.kernelReady(draft, ready);
            case RuntimeEvent.KernelFailed failed -> RuntimeChanges.kernelFailed(draft, failed);
            case RuntimeEvent.HealthChecked checked -> Health.checked(draft, checked);
            case RuntimeEvent.Renewed renewed -> Recovering.renewed(draft, renewed);
            case RuntimeEvent.Began began -> Outputs.began(draft, began);
            case RuntimeEvent.Shown shown -> Outputs.shown(draft, shown);
            case RuntimeEvent.Printed printed -> Outputs.printed(draft, printed);
            case RuntimeEvent.StillRunning still -> Running.stillRunning(draft, still);
            case RuntimeEvent.StopOver over -> Running.stopOver(draft, over);
            case RuntimeEvent.Ended ended -> Running.ended(draft, ended);
            case RuntimeEvent.Explained explained -> Outputs.explained(draft, explained);
            case RuntimeEvent.Settled settled -> Running.settled(draft, settled);
            case RuntimeEvent.Closed closed -> { }
        }
    }

    /** The first one hears what was wrong with the file. */
    private static void openWindow(Draft draft, PageCommand.OpenWindow open) {
        draft.effect(new Effect.OpenWindow(open.window(), open.more()));
        draft.state().warning().ifPresent(sentence -> draft.tell(new WindowMessage.Noticed(Notice.warning(sentence))));
        draft.become(draft.state().warned());
    }

    private static void close(Draft draft) {
        if (!draft.state().isClosed()) {
            Running.takeBackWaiting(draft);
            draft.queues(queues -> queues.map(QueueEntry::stopped));
            draft.become(draft.state().closed());
            draft.effect(new Effect.Close());
        }
    }
}
