package script;

import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;

/** Draws sessions as lanes in time. */
final class SessionLanes {
    private SessionLanes() { }

    static Output.Lanes of(List<Session> sessions) {
        var start = sessions.stream().flatMap(s -> s.events().stream()).mapToLong(Session.Event::from).min().orElse(0);
        return new Output.Lanes(sessions.stream().map(s -> new Lane(s.name(), spans(s.events(), start))).toList());
    }

    private static List<Span> spans(List<Session.Event> events, long start) {
        var spans = new ArrayList<Span>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            spans.addAll(statement(event, start));
            if (event.inTransaction() && i + 1 < events.size()) {
                spans.add(new Span("idle in transaction", State.IDLE_IN_TRANSACTION,
                    ms(event.to() - start), ms(events.get(i + 1).from() - start), ""));
            }
        }
        return spans;
    }

    private static List<Span> statement(Session.Event event, long start) {
        var ended = event.failure().isEmpty() ? State.RAN : State.FAILED;
        if (event.waiting() == 0) {
            return List.of(new Span(event.sql(), ended, ms(event.from() - start), ms(event.to() - start), event.failure()));
        }
        // It waited almost from its start: the lock was asked for before anybody could look.
        var wait = new Span(event.sql(), State.WAITED, ms(event.from() - start), ms(event.to() - start), "waited for a lock");
        return ended == State.RAN ? List.of(wait)
            : List.of(wait, new Span(event.sql(), ended, ms(event.to() - start), ms(event.to() - start), event.failure()));
    }

    private static double ms(long nanos) {
        return nanos / 1e6;
    }
}
