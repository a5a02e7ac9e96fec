package kernel.output;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an experiment shows. The list is closed: what draws each of these records draws every lesson.
 * Outputs are plain data; recordings hold them as JSON, one object each, told apart by {@code type}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Output.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Output.Table.class, name = "table"),
    @JsonSubTypes.Type(value = Output.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = Output.Comparison.class, name = "comparison"),
    @JsonSubTypes.Type(value = Output.Chart.class, name = "chart"),
    @JsonSubTypes.Type(value = Output.Failure.class, name = "failure"),
    @JsonSubTypes.Type(value = Output.Lanes.class, name = "lanes"),
    @JsonSubTypes.Type(value = Output.Log.class, name = "log"),
    @JsonSubTypes.Type(value = Output.Claim.class, name = "claim"),
    @JsonSubTypes.Type(value = Output.Skipped.class, name = "skipped")
})
public sealed interface Output {

    /** What stays the same when the lesson runs again elsewhere: the kind and its columns or labels, never the figures. */
    @JsonIgnore
    String shape();

    /** A sentence, or several lines, as the program printed them. */
    record Text(String text) implements Output {
        @Override public String shape() { return "text"; }
    }

    /** A result set. SQL NULL is an empty {@link Optional}, which is not the empty string. */
    record Table(List<Column> columns, List<List<Optional<String>>> rows, boolean truncated) implements Output {
        public record Column(String name, String type) { }

        @Override public String shape() {
            return "table" + columns.stream().map(Column::name).toList();
        }
    }

    /** An execution plan, as EXPLAIN (format json) gave it. Times are milliseconds of the server, 0 where not analyzed. */
    record Plan(Node root, double planningMs, double executionMs,
                @JsonInclude(JsonInclude.Include.NON_EMPTY) String title) implements Output {
        public Plan {
            title = Objects.requireNonNullElse(title, "");
        }

        /** One that has no title. */
        public Plan(Node root, double planningMs, double executionMs) {
            this(root, planningMs, executionMs, "");
        }

        /** The same, called as its author calls it: "without the index". */
        public Plan titled(String words) {
            return new Plan(root, planningMs, executionMs, words);
        }

        /**
         * @param type    the node type, "Index Scan"
         * @param detail  what it works on, "using users_email on users", with its condition
         * @param planned rows the planner expected per loop
         * @param actual  rows that came per loop; -1 where the plan was not executed
         * @param loops   how often it ran; 0 where nothing above it asked for a row, 1 where the plan was not executed
         * @param hit     shared buffers found in memory, the node and everything below it
         * @param read    shared buffers asked of the operating system, likewise
         * @param removed rows that came per loop and were thrown away by a condition; 0 also in recordings of before
         * @param mode    "Partial" or "Finalize" of an aggregate whose work several processes share, or empty
         * @param subplan the name of a part that is run for another node, "CTE below", "InitPlan 1", or empty
         */
        public record Node(String type, String detail, double planned, double actual, long loops,
                           long hit, long read, double ms, List<Node> children,
                           @JsonInclude(JsonInclude.Include.NON_DEFAULT) Double removed,
                           @JsonInclude(JsonInclude.Include.NON_EMPTY) String mode,
                           @JsonInclude(JsonInclude.Include.NON_EMPTY) String subplan) {
            public Node {
                removed = Objects.requireNonNullElse(removed, 0.0);
                mode = Objects.requireNonNullElse(mode, "");
                subplan = Objects.requireNonNullElse(subplan, "");
            }

            /** One that removed nothing, works alone and for its parent. */
            public Node(String type, String detail, double planned, double actual, long loops,
                        long hit, long read, double ms, List<Node> children) {
                this(type, detail, planned, actual, loops, hit, read, ms, children, 0.0, "", "");
            }
        }

        @Override public String shape() { return "plan[" + root.type() + "]"; }
    }

    /** A few labelled figures of one unit, drawn as bars, and the sentence they come to ("19 times faster"). */
    record Comparison(String title, String unit, List<Bar> bars, String sentence) implements Output {
        public record Bar(String label, double value) { }

        @Override public String shape() { return "comparison" + bars.stream().map(Bar::label).toList(); }
    }

    /**
     * One or more series over the same categories: a throughput for each pool size, say.
     *
     * @param axis what the categories are, "connections in the pool", or empty; recordings of before have none
     */
    record Chart(String title, String unit, List<String> categories, List<Series> series,
                 @JsonInclude(JsonInclude.Include.NON_EMPTY) String axis) implements Output {
        public Chart {
            axis = Objects.requireNonNullElse(axis, "");
        }

        /** One whose title says what the categories are. */
        public Chart(String title, String unit, List<String> categories, List<Series> series) {
            this(title, unit, categories, series, "");
        }

        public record Series(String name, List<Double> values) { }

        /** The same, with a name for what the categories are. */
        public Chart over(String name) {
            return new Chart(title, unit, categories, series, name);
        }

        @Override public String shape() {
            return "chart" + categories + series.stream().map(Series::name).toList();
        }
    }

    /**
     * An error, as PostgreSQL or the driver said it.
     *
     * @param kind      the exception's simple name
     * @param sqlState  five characters, or empty where it was not an SQL error
     * @param position  1-based character offset into the statement, or 0
     * @param where      the routines that it was in, the innermost first, as PostgreSQL says it, perhaps with the text of the line
     *                   below each; recordings of before have none
     */
    record Failure(String kind, String message, String sqlState, String detail, String hint,
                   String statement, int position, @JsonInclude(JsonInclude.Include.NON_EMPTY) String where) implements Output {
        public Failure {
            where = Objects.requireNonNullElse(where, "");
        }

        /** One that was in no routine. */
        public Failure(String kind, String message, String sqlState, String detail, String hint, String statement, int position) {
            this(kind, message, sqlState, detail, hint, statement, position, "");
        }

        @Override public String shape() { return "failure[" + (sqlState.isEmpty() ? kind : sqlState) + "]"; }
    }

    /** Sessions side by side in time: who held what, who waited, for how long. Times are milliseconds from the start. */
    record Lanes(List<Lane> lanes) implements Output {
        public record Lane(String session, List<Span> spans) { }

        /** What a session did in one stretch: its statement ran, waited for a lock, ended well or failed. */
        public record Span(String label, State state, double fromMs, double toMs, String note) { }

        public enum State {
            RAN, WAITED, IDLE_IN_TRANSACTION, FAILED;

            /** As a person reads it: "idle in transaction". */
            public String words() {
                return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            }
        }

        @Override public String shape() { return "lanes" + lanes.stream().map(Lane::session).toList(); }
    }

    /** Lines of a log: the pool's, the server's. */
    record Log(String source, List<String> lines) implements Output {
        @Override public String shape() { return "log[" + source + "]"; }
    }

    /** A claim of the lesson that was checked against PostgreSQL and held. One that does not hold ends the run. */
    record Claim(String claim, String actual) implements Output {

        /** A yes or no says nothing that the sentence has not said. */
        public Claim {
            actual = actual.equals("true") || actual.equals("false") ? "" : actual;
        }

        @Override public String shape() { return "claim[" + claim + "]"; }
    }

    /** A step or a part of it that could not run here, and why. Never silent. */
    record Skipped(String reason) implements Output {
        @Override public String shape() { return "skipped"; }

        public static boolean isAmong(List<Output> outputs) {
            return outputs.stream().anyMatch(Skipped.class::isInstance);
        }
    }
}
