package kernel.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kernel.output.Output.Lanes;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;

/**
 * What sessions did, read as a transcript: one moment after the other, and who waited for whom.
 *
 * @param lanes   as they were, but with a statement that ended for want of a lock, or beside a deadlock, as waiting until then
 * @param moments in the order of time
 */
public record LanesReading(List<Lane> lanes, List<Moment> moments) {
    private static final String DEADLOCK = "40P01";
    private static final String NO_LOCK = "55P03";
    /** A client may hear a little later than another what happened before. */
    private static final double LATE_MS = 5;
    /** Statements that run for less are not said to take time: it is the time of a round trip. */
    private static final double LONG_MS = 50;

    /** What begins at a moment. */
    public enum Kind { RUNS, WAITS, GOES_ON, FAILS }

    /**
     * Something that a session did.
     *
     * @param lane     which, from 0
     * @param sql      the statement, in one line; empty where it has been said already
     * @param span     the stretch of the lane that it begins, or, of what was waited for, that it ends
     * @param lastedMs how long it ran or waited until then
     * @param note     "waits for Ann", "23505", or nothing
     */
    public record Moment(double atMs, int lane, Kind kind, String sql, Span span, double lastedMs, String note) {
        /** Whether it is worth a word how long it lasted. */
        public boolean lastsLong() {
            return lastedMs >= LONG_MS;
        }
    }

    /** Reads lanes as they were recorded. */
    public static LanesReading of(Lanes recorded) {
        var lanes = waiting(recorded.lanes());
        var moments = new ArrayList<Moment>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            moments(lanes, lane, moments);
        }
        moments.sort(Comparator.comparingDouble(Moment::atMs));
        return new LanesReading(lanes, List.copyOf(moments));
    }

    /** When the last of them ended, in milliseconds from the start. */
    public double end() {
        return lanes.stream().flatMap(lane -> lane.spans().stream()).mapToDouble(Span::toMs).filter(Double::isFinite).max().orElse(0);
    }

    /** The number of the moment that begins this stretch, from 1; none where it is no moment. */
    public Optional<Integer> number(Span span) {
        for (int i = 0; i < moments.size(); i++) {
            if (moments.get(i).span() == span) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    private static void moments(List<Lane> lanes, int lane, List<Moment> moments) {
        var spans = lanes.get(lane).spans();
        for (int i = 0; i < spans.size(); i++) {
            var span = spans.get(i);
            var lasted = span.toMs() - span.fromMs();
            var sql = span.label().strip().replaceAll("\\s+", " ");
            switch (span.state()) {
                case RAN -> moments.add(new Moment(span.fromMs(), lane, Kind.RUNS, sql, span, lasted, ""));
                case WAITED -> {
                    moments.add(new Moment(span.fromMs(), lane, Kind.WAITS, sql, span, lasted, waitsFor(lanes, lane, span)));
                    if (!fails(spans, i)) {
                        moments.add(new Moment(span.toMs(), lane, Kind.GOES_ON, "", ended(span), lasted, ""));
                    }
                }
                case FAILED -> {
                    var waited = i > 0 && fails(spans, i - 1);
                    moments.add(new Moment(span.fromMs(), lane, Kind.FAILS, waited ? "" : sql, span,
                        waited ? spans.get(i - 1).toMs() - spans.get(i - 1).fromMs() : lasted, span.note()));
                }
                case IDLE_IN_TRANSACTION -> { }
            }
        }
    }

    /** A stretch of its own, so that a wait is the moment that began it. */
    private static Span ended(Span span) {
        return new Span(span.label(), span.state(), span.toMs(), span.toMs(), "");
    }

    /** Whether the wait at this place ends with a failure. */
    private static boolean fails(List<Span> spans, int wait) {
        return spans.get(wait).state() == State.WAITED && wait + 1 < spans.size() && spans.get(wait + 1).state() == State.FAILED
            && spans.get(wait + 1).fromMs() == spans.get(wait).toMs();
    }

    private static List<Lane> waiting(List<Lane> lanes) {
        var deadlocks = lanes.stream().flatMap(lane -> lane.spans().stream())
            .filter(span -> span.state() == State.FAILED && span.note().equals(DEADLOCK)).toList();
        return lanes.stream().map(lane -> new Lane(lane.session(),
            lane.spans().stream().flatMap(span -> waiting(span, deadlocks).stream()).toList())).toList();
    }

    private static List<Span> waiting(Span span, List<Span> deadlocks) {
        var lastsLong = span.toMs() - span.fromMs() > LATE_MS;
        if (span.state() == State.FAILED && lastsLong && (span.note().equals(DEADLOCK) || span.note().equals(NO_LOCK))) {
            return List.of(new Span(span.label(), State.WAITED, span.fromMs(), span.toMs(), ""),
                new Span(span.label(), State.FAILED, span.toMs(), span.toMs(), span.note()));
        }
        var freed = span.state() == State.RAN && lastsLong && deadlocks.stream().anyMatch(failed ->
            span.fromMs() + LATE_MS < failed.toMs() && Math.abs(span.toMs() - failed.toMs()) <= LATE_MS);
        return List.of(freed ? new Span(span.label(), State.WAITED, span.fromMs(), span.toMs(), "") : span);
    }

    private static String waitsFor(List<Lane> lanes, int lane, Span wait) {
        if (wait.note().startsWith("waited for ") && lanes.stream().anyMatch(other -> wait.note().contains(other.session()))) {
            return wait.note().replaceFirst("^waited", "waits");
        }
        return blocker(lanes, lane, wait).map(name -> "waits for " + name).orElse("waits for a lock");
    }

    /**
     * Of the sessions that were in the middle of something when the wait began, the one that came to its end last before
     * the wait did. Recordings of before do not name it.
     */
    private static Optional<String> blocker(List<Lane> lanes, int lane, Span wait) {
        record Busy(String session, double until) { }
        var busy = new ArrayList<Busy>();
        for (int other = 0; other < lanes.size(); other++) {
            var until = other == lane ? -1 : busyUntil(lanes.get(other).spans(), wait.fromMs());
            if (until >= 0) {
                busy.add(new Busy(lanes.get(other).session(), until));
            }
        }
        var over = busy.stream().filter(one -> one.until() <= wait.toMs() + LATE_MS).max(Comparator.comparingDouble(Busy::until));
        return over.or(() -> busy.stream().findFirst()).map(Busy::session);
    }

    /** Until when the session, without a pause, ran, waited or held a transaction open that it had at this moment; -1 where it had none. */
    private static double busyUntil(List<Span> spans, double ms) {
        var until = -1.0;
        for (var span : spans) {
            if (until < 0 ? span.fromMs() <= ms && ms < span.toMs() : span.fromMs() == until) {
                until = span.toMs();
            }
        }
        return until;
    }
}
