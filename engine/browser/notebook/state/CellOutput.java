package browser.notebook.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Something that a cell has shown, as the page knows it. */
public sealed interface CellOutput {
    /** Its place among the outputs of the cell, from 0. */
    int seq();

    /**
     * What was drawn.
     *
     * @param kind   table, plan, failure, …
     * @param shape  what stays the same from run to run: "table[3]"
     * @param result the id under which more rows are kept; empty where none are
     * @param rows   how many are kept in all; 0 where none are
     */
    record Drawn(int seq, String kind, String html, String shape, @JsonInclude(JsonInclude.Include.NON_EMPTY) String result,
                 @JsonInclude(JsonInclude.Include.NON_DEFAULT) int rows) implements CellOutput {
        Drawn at(int place) {
            return new Drawn(place, kind, html, shape, result, rows);
        }
    }

    /**
     * What was printed in one go.
     *
     * @param stream out or err
     */
    record Printed(int seq, String stream, String text) implements CellOutput {
        /** The word for it on the page. */
        @JsonProperty public String kind() {
            return "print";
        }
    }
}
