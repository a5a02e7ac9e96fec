package browser.notebook.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import browser.notebook.state.QueueEntry.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whatever happens in whatever order")
class RandomEventsTest {
    private static final int SEQUENCES = 100;
    private static final int EVENTS = 200;

    @Test @DisplayName("a cell has one turn at a time, a queue too, nothing is asked of a database that is gone, and every window knows the state")
    void sequences() {
        var first = Optional.ofNullable(System.getenv("COURSE_SEED")).map(Long::parseLong).orElseGet(System::nanoTime);
        for (long seed = first; seed < first + SEQUENCES; seed++) {
            var sequence = new Sequence(seed);
            for (int i = 0; i < EVENTS; i++) {
                sequence.step();
            }
            sequence.end();
        }
    }

    /** One sequence of events, and what holds after each. */
    private static final class Sequence {
        private final String seed;
        private final RandomEvents events;
        private final List<PageModel> windows = new ArrayList<>();
        private final List<String> past = new ArrayList<>();

        Sequence(long seed) {
            this.seed = "COURSE_SEED=" + seed + " repeats it; the last events were ";
            this.events = new RandomEvents(seed);
            windows.add(new PageModel(events.state()));
        }

        private String when() {
            return seed + String.join("\n", past.subList(Math.max(0, past.size() - 12), past.size()));
        }

        private void note(NotebookEvent event) {
            var text = event.toString();
            past.add(text.substring(0, Math.min(text.length(), 200)));
        }

        void step() {
            var before = events.state();
            var event = events.next();
            note(event);
            check(before, events.take(event));
            if (windows.size() < 4 && events.happens(0.03)) {
                windows.add(new PageModel(events.state()));
            }
        }

        /** All effects are answered; nothing more is asked. */
        void end() {
            for (var answer = events.answer(); answer.isPresent(); answer = events.answer()) {
                var before = events.state();
                note(answer.get());
                check(before, events.take(answer.get()));
            }
            assertTrue(events.state().isIdle() || events.state().isClosed() && events.state().cells().busy().findAny().isEmpty(), this::when);
            assertEquals(List.of(), events.state().queues().entries(), this::when);
        }

        private void check(NotebookState before, List<Effect> effects) {
            var state = events.state();
            checkQueues(state);
            effects.forEach(effect -> checkEffect(state, effect));
            if (events.wasOfThePast()) {
                assertTrue(before == state && effects.isEmpty(), () -> "the past has changed something: " + when());
            }
            for (var effect : effects) {
                if (effect instanceof Effect.Tell(WindowMessage message)) {
                    windows.forEach(window -> window.hear(message));
                }
            }
            windows.forEach(window -> window.assertKnows(state, this::when));
        }

        private void checkQueues(NotebookState state) {
            var entries = state.queues().entries();
            var seats = new HashSet<String>();
            entries.stream().filter(entry -> !entry.is(Turn.WAITING)).forEach(entry -> assertTrue(seats.add(entry.queue()), () -> "two have their turn: " + when()));
            for (var cell : state.cells().all()) {
                var turns = entries.stream().filter(entry -> entry.cell().equals(cell.id()) && !entry.is(Turn.ENDED)).map(QueueEntry::turn).toList();
                var expected = switch (cell.run().status()) {
                    case QUEUED -> List.of(Turn.WAITING);
                    case RUNNING -> List.of(Turn.RUNNING);
                    default -> List.<Turn>of();
                };
                assertEquals(expected, turns, () -> "cell " + cell.id() + ": " + when());
            }
            var ids = entries.stream().map(QueueEntry::id).collect(Collectors.toSet());
            assertTrue(entries.stream().allMatch(entry -> entry.after() == 0 || ids.contains(entry.after())), () -> "one waits for nobody: " + when());
            var nothingGoesOn = entries.stream().allMatch(entry -> entry.is(Turn.WAITING));
            assertTrue(entries.isEmpty() || !nothingGoesOn || state.queues().stops() > 0, () -> "all wait: " + when());
        }

        private void checkEffect(NotebookState state, Effect effect) {
            var generation = state.runtime().generation();
            switch (effect) {
                case Effect.Start(int of) -> assertEquals(generation, of, this::when);
                case Effect.Renew(int of) -> assertEquals(generation, of, this::when);
                case Effect.StartKernels(int of) -> assertEquals(generation, of, this::when);
                case Effect.RunCell cell -> {
                    assertTrue(!state.isRecovering() && !state.isClosed(), this::when);
                    assertEquals(Set.of(cell.cell().id()), state.queues().find(cell.run(), Turn.RUNNING).stream().map(QueueEntry::cell).collect(Collectors.toSet()), this::when);
                }
                default -> { }
            }
        }
    }
}
