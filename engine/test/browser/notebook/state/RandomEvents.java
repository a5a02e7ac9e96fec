package browser.notebook.state;

import browser.http.Refusal;
import browser.runtime.CellNames;
import browser.runtime.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import kernel.cell.Cell.Language;
import kernel.cell.CellResult;
import kernel.sql.SessionState;
import lab.Role;

/** Events at random, those among them that answer what a notebook has asked for, and some of runs and databases that are gone. */
final class RandomEvents {
    private static final Need NEED = new Need(Need.Reason.STEPS, List.of(), List.of("first"), List.of("first"));
    private final Random random;
    private final PlayedNotebook played = new PlayedNotebook();
    /** What has been asked for and not been answered. */
    private final List<Effect> open = new ArrayList<>();
    /** Answers of more than one part. */
    private final List<RuntimeEvent> due = new ArrayList<>();
    private boolean past;

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    NotebookState state() {
        return played.state;
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Whether the last event was about something that is gone. */
    boolean wasOfThePast() {
        return past;
    }

    /** @return what is to be done because of it; nothing where it was refused */
    List<Effect> take(NotebookEvent event) {
        try {
            var effects = played.after(event);
            effects.stream().filter(RandomEvents::hasAnswer).forEach(open::add);
            return effects;
        } catch (Refusal refused) {
            return List.of();
        }
    }

    private static boolean hasAnswer(Effect effect) {
        return effect instanceof Effect.Start || effect instanceof Effect.Renew || effect instanceof Effect.StartKernels
            || effect instanceof Effect.RunCell || effect instanceof Effect.Remind || effect instanceof Effect.StopCells;
    }

    NotebookEvent next() {
        past = happens(0.05);
        if (past) {
            return ofThePast();
        }
        return happens(0.5) ? answer().orElseGet(this::command) : happens(0.3) ? meanwhile() : command();
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private String cell() {
        return one(state().cells().all()).id();
    }

    private String text() {
        return "text " + random.nextInt(3);
    }

    private NotebookEvent command() {
        return switch (random.nextInt(happens(0.03) ? 12 : 11)) {
            case 0, 1, 2, 3 -> new PageCommand.Run(IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> cell()).toList());
            case 4 -> new PageCommand.Stop();
            case 5 -> happens(0.4) ? new PageCommand.Reset(happens(0.7)) : new PageCommand.Open();
            case 6 -> new PageCommand.Save(cell(), text(), random.nextInt(state().rev() + 1), "window");
            case 7 -> new PageCommand.Edit(cell(), text(), "");
            case 8 -> happens(0.5) ? new PageCommand.Restore(cell()) : new PageCommand.Remove(cell());
            case 9 -> new PageCommand.Add(cell(), one(List.of(Language.values())), one(List.of(Role.APP, Role.OWNER)), one(List.of("", "A", "B")), text());
            case 10 -> new PageCommand.Change(cell(), Optional.of(one(List.of(Language.values()))), Optional.empty(), Optional.of(one(List.of("", "A"))));
            default -> new PageCommand.Close();
        };
    }

    /** What comes by itself. */
    private NotebookEvent meanwhile() {
        var running = state().queues().in(QueueEntry.Turn.RUNNING).toList();
        if (running.isEmpty() || happens(0.3)) {
            return new RuntimeEvent.HealthChecked(generation(), happens(0.8), happens(0.3), happens(0.8), "PostgreSQL 18");
        }
        var run = happens(0.2) ? state().cell(cell()).run().number() : one(running).run();
        return switch (random.nextInt(3)) {
            case 0 -> new RuntimeEvent.Began(run, Instant.ofEpochSecond(random.nextInt(100)));
            case 1 -> new RuntimeEvent.Printed(run, one(List.of("out", "err")), "x".repeat(happens(0.01) ? 3_000_000 : 1 + random.nextInt(3_000)));
            default -> new RuntimeEvent.Shown(run, new CellOutput.Drawn(0, "table", "<p>" + random.nextInt(), "table[1]", happens(0.2) ? "rows" : "", 0));
        };
    }

    private int generation() {
        return state().runtime().generation();
    }

    private NotebookEvent ofThePast() {
        var generation = generation() - 1 - random.nextInt(3);
        var run = -random.nextInt(3);
        return one(List.of(new RuntimeEvent.DatabaseReady(generation, ""), new RuntimeEvent.DatabaseFailed(generation, "old"), new RuntimeEvent.KernelReady(generation),
            new RuntimeEvent.KernelFailed(generation, "old"), new RuntimeEvent.Renewed(generation), new RuntimeEvent.DatabaseStarting(generation, "old"),
            new RuntimeEvent.HealthChecked(generation, true, true, false, ""), new RuntimeEvent.Printed(run, "out", "old"), new RuntimeEvent.StillRunning(run), new RuntimeEvent.StopOver(generation),
            new RuntimeEvent.Ended(run, PlayedNotebook.DONE, 1, Instant.EPOCH, true, List.of()),
            new RuntimeEvent.Settled(run, PlayedNotebook.DONE, PlayedNotebook.NO_NAMES, true, false), new RuntimeEvent.Explained(run, NEED)));
    }

    /** The answer to one of the effects that were asked for; nothing where all were answered. */
    Optional<NotebookEvent> answer() {
        past = false;
        if (!due.isEmpty() && (open.isEmpty() || happens(0.7))) {
            return Optional.of(due.remove(0));
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(answer(open.remove(random.nextInt(open.size()))));
    }

    private NotebookEvent answer(Effect effect) {
        return switch (effect) {
            case Effect.Start(int generation) -> started(generation);
            case Effect.StartKernels(int generation) -> started(generation);
            case Effect.Renew(int generation) -> new RuntimeEvent.Renewed(generation);
            case Effect.StopCells(int generation) -> new RuntimeEvent.StopOver(generation);
            case Effect.Remind remind -> new RuntimeEvent.StillRunning(remind.run());
            case Effect.RunCell cell -> ended(cell.run());
            default -> throw new IllegalStateException("nothing answers " + effect);
        };
    }

    private NotebookEvent started(int generation) {
        if (happens(0.1)) {
            return new RuntimeEvent.DatabaseFailed(generation, "no disk");
        }
        due.add(happens(0.9) ? new RuntimeEvent.KernelReady(generation) : new RuntimeEvent.KernelFailed(generation, "no memory"));
        return new RuntimeEvent.DatabaseReady(generation, "PostgreSQL 18");
    }

    private NotebookEvent ended(int run) {
        var result = one(List.<CellResult>of(PlayedNotebook.DONE, PlayedNotebook.DONE, PlayedNotebook.DONE, PlayedNotebook.FAILED, PlayedNotebook.STOPPED, PlayedNotebook.LOST));
        var isAlive = result.equals(PlayedNotebook.DONE) || happens(0.8);
        var names = new CellNames(one(List.of(Set.of("a"), Set.of("b"), Set.of())), one(List.of(Set.of("a"), Set.of("b"), Set.of())));
        due.add(new RuntimeEvent.Settled(run, result, names, happens(0.05), isAlive));
        if (result.equals(PlayedNotebook.FAILED) && happens(0.5)) {
            due.add(new RuntimeEvent.Explained(run, NEED));
        }
        var transaction = one(List.of(SessionState.Transaction.values()));
        return new RuntimeEvent.Ended(run, result, random.nextInt(100), Instant.EPOCH, isAlive, List.of(new SessionState("", Role.APP, 7, transaction, false)));
    }
}
