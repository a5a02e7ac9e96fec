package browser.runtime;

import browser.runtime.Need.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import kernel.cell.Cell;
import kernel.output.Output;
import kernel.sql.syntax.SqlName;
import kernel.sql.syntax.StatementText;

/**
 * Explains a cell's failure by the cells above it: which of them make what it did not find and have not run, or have failed.
 * Starts nothing and asks nobody; it reads the cells' texts.
 */
public final class NeededCells {
    /** What of an earlier run stands in the way: duplicate_*, violations of constraints, a failed or open transaction, objects in use, of another kind, or somebody else's. */
    private static final Set<String> IN_THE_WAY = Set.of("42P04", "42P06", "42P07", "42701", "42710", "42723", "42P05", "42P03", "2BP01", "55006",
        "23502", "23503", "23505", "23514", "23P01", "25P02", "25001", "25P01", "42501", "42809",
        "55000", "55P03");
    private static final String UNDEFINED_SCHEMA = "3F000";
    private static final Pattern BEGIN = Pattern.compile("(?i)(?:begin|start\\s+transaction)\\b");
    private static final String CLAIM = "LessonFailed";
    private final List<Known> above;
    private final Known failed;
    private final Map<String, CellContent> contents = new HashMap<>();

    /** What has become of a cell since the database was made. */
    public enum State {
        NOT_RUN, FAILED,
        /** It has run, and would leave something else now. */
        STALE,
        DONE
    }

    /**
     * A cell as it is written.
     *
     * @param isStep   whether it is one of the lesson's, not of the learner's own
     * @param isEdited whether it is not as the lesson has it
     */
    public record Known(Cell cell, boolean isStep, boolean isEdited, State state) { }

    private NeededCells(List<Known> above, Known failed) {
        this.above = above;
        this.failed = failed;
    }

    /**
     * What a cell needs that has failed; nothing where the failure is its own.
     *
     * @param above   the cells above it, in the order of the page
     * @param failed  as it ran
     * @param failure what it showed; empty where it showed none, like a script that ends with an exit code
     */
    public static Optional<Need> of(List<Known> above, Known failed, Optional<Output.Failure> failure) {
        return new NeededCells(above, failed).need(failure);
    }

    private Optional<Need> need(Optional<Output.Failure> failure) {
        var need = failure.flatMap(this::missing).or(this::scripts).or(() -> ownStep(failure));
        return begins(failed) ? need.map(Need::withReset) : need;
    }

    /** It has left a failed transaction, in which no other cell could run. */
    private static boolean begins(Known known) {
        return known.cell().language() == Cell.Language.SQL
            && StatementText.of(known.cell().source()).stream().anyMatch(statement -> BEGIN.matcher(statement.bare()).lookingAt());
    }

    private Optional<Need> missing(Output.Failure failure) {
        var missing = MissingNames.of(failure);
        var names = new LinkedHashSet<String>();
        var makers = new LinkedHashSet<Known>();
        for (var name : missing.java()) {
            maker(known -> content(known).java().defines().contains(name)).ifPresent(maker -> {
                names.add(name);
                makers.add(maker);
            });
        }
        for (var name : missing.sql()) {
            maker(known -> creates(known, name, failure)).ifPresent(maker -> {
                names.add(name.toString());
                makers.add(maker);
            });
        }
        missing.file().ifPresent(file -> maker(known -> content(known).files().contains(file)).ifPresent(maker -> {
            names.add(file);
            makers.add(maker);
        }));
        return makers.isEmpty() ? notDeclared(failure) : Optional.of(new Need(Reason.NAMES, List.copyOf(names), ids(makers), ids(withNeeds(makers))));
    }

    private boolean creates(Known known, SqlName name, Output.Failure failure) {
        var content = content(known);
        return content.creates().stream().anyMatch(name::mayBe)
            || UNDEFINED_SCHEMA.equals(failure.sqlState()) && isCreatedOutOfSight(name) && content.creates().stream().anyMatch(created -> isIn(created, name))
            || MissingNames.UNDEFINED_COLUMN.equals(failure.sqlState()) && content.columns().contains(name.last());
    }

    /** A method of the lesson may create a schema; then the cells that make something in it are those that call it. */
    private boolean isCreatedOutOfSight(SqlName schema) {
        return above.stream().noneMatch(known -> content(known).creates().stream().anyMatch(schema::mayBe));
    }

    private static boolean isIn(SqlName created, SqlName schema) {
        return created.parts().size() > 1 && created.parts().getFirst().equals(schema.last());
    }

    /** Java names nobody where what is called lacks something in its turn. */
    private Optional<Need> notDeclared(Output.Failure failure) {
        var makers = failure.kind().equals("not declared yet") ? withNeeds(Set.of()) : List.<Known>of();
        return makers.isEmpty() ? Optional.empty() : Optional.of(new Need(Reason.NAMES, List.of(), ids(makers), ids(makers)));
    }

    /** The nearest cell above that makes it, where it has to run: what another made before is not what this cell builds on. */
    private Optional<Known> maker(Predicate<Known> makes) {
        return above.reversed().stream().filter(makes).findFirst().filter(maker -> maker.state() != State.DONE);
    }

    /** Scripts work in one folder, and say in their own words what they do not find there. */
    private Optional<Need> scripts() {
        var left = above.stream().filter(known -> isScript(known) && isToRun(known)).toList();
        return isScript(failed) && !left.isEmpty() ? Optional.of(Need.ofSteps(ids(left))) : Optional.empty();
    }

    private static boolean isScript(Known known) {
        return known.cell().language() == Cell.Language.SHELL;
    }

    /** What a step of the lesson finds, as the lesson has it, is not what the lesson left for it. */
    private Optional<Need> ownStep(Optional<Output.Failure> failure) {
        if (!failed.isStep() || failed.isEdited()) {
            return Optional.empty();
        }
        var state = failure.map(Output.Failure::sqlState).orElse("");
        var left = above.stream().filter(known -> known.isStep() && isToRun(known)).toList();
        if (IN_THE_WAY.contains(state)) {
            return Optional.of(Need.ofState());
        }
        if (!left.isEmpty()) {
            return Optional.of(Need.ofSteps(ids(left)));
        }
        var isOfState = MissingNames.NOT_THERE.contains(state) || failure.filter(one -> one.kind().equals(CLAIM)).isPresent();
        return isOfState ? Optional.of(Need.ofState()) : Optional.empty();
    }

    /** These, and all that they and the failed cell need and that has to run as well, in the order of the page. */
    private List<Known> withNeeds(Set<Known> makers) {
        var all = new LinkedHashSet<>(makers);
        var open = new ArrayDeque<>(makers);
        open.add(failed);
        while (!open.isEmpty()) {
            var one = open.remove();
            above.subList(0, place(one)).stream().filter(NeededCells::isToRun).filter(earlier -> content(one).takesFrom(content(earlier)))
                .filter(all::add).forEach(open::add);
        }
        return above.stream().filter(all::contains).toList();
    }

    private int place(Known known) {
        var at = above.indexOf(known);
        return at < 0 ? above.size() : at;
    }

    private static boolean isToRun(Known known) {
        return known.state() == State.NOT_RUN || known.state() == State.FAILED;
    }

    private CellContent content(Known known) {
        return contents.computeIfAbsent(known.cell().id(), id -> CellContent.of(known.cell()));
    }

    private static List<String> ids(Iterable<Known> cells) {
        var ids = new ArrayList<String>();
        cells.forEach(known -> ids.add(known.cell().id()));
        return ids;
    }
}
