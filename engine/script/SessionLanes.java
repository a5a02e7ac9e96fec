package script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import kernel.output.Output;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;

/** Draws sessions as lanes in time. */
final class SessionLanes {
    private SessionLanes() { }

    static Output.Lanes of(List<Session> sessions) {
        var start = sessions.stream().flatMap(s -> s.events().stream()).mapToLong(Session.Event::from).min().orElse(0);
        var names = sessions.stream().collect(Collectors.toMap(Session::pid, Session::name, (first, again) -> first));
        return new Output.Lanes(sessions.stream().map(s -> new Lane(s.name(), spans(s.events(), start, names))).toList());
    }

    private static List<Span> spans(List<Session.Event> events, long start, Map<Integer, String> names) {
        var spans = new ArrayList<Span>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            spans.addAll(statement(event, start, names));
            if (event.inTransaction() && i + 1 < events.size()) {
                spans.add(new Span("idle in transaction", State.IDLE_IN_TRANSACTION,
                    ms(event.to() - start), ms(events.get(i + 1).from() - start), ""));
            }
        }
        return spans;
    }

    private static List<Span> statement(Session.Event event, long start, Map<Integer, String> names) {
        var ended = event.failure().isEmpty() ? State.RAN : State.FAILED;
        if (event.waiting() == 0) {
            return List.of(new Span(event.sql(), ended, ms(event.from() - start), ms(event.to() - start), event.failure()));
        }
        // It waited almost from its start: the lock was asked for before anybody could look.
        var wait = new Span(event.sql(), State.WAITED, ms(event.from() - start), ms(event.to() - start), waitedFor(event, names));
        return ended == State.RAN ? List.of(wait)
            : List.of(wait, new Span(event.sql(), ended, ms(event.to() - start), ms(event.to() - start), event.failure()));
    }

    /** "waited for Ann and Bob"; a session that is not among the lanes has no name. */
    private static String waitedFor(Session.Event event, Map<Integer, String> names) {
        var known = event.blockers().stream().map(names::get).filter(Objects::nonNull).distinct().toList();
        return "waited for " + (known.isEmpty() ? "a lock" : String.join(" and ", known));
    }

    private static double ms(long nanos) {
        return nanos / 1e6;
    }
}
