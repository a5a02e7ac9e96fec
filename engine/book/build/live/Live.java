package book.build.live;

import book.drawing.HtmlDrawing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kernel.output.Output;
import kernel.sql.syntax.PlanRequest;
import kernel.sql.syntax.StatementText;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;

/**
 * What the reader's browser has of the engine, compiled to JavaScript when the book is published: where statements end, how an explain is
 * asked for JSON, how results are drawn. So a cell is read and drawn there as everywhere else.
 */
public final class Live {
    private Live() { }

    public static void main(String[] args) { }

    /** The statements of a cell: what is to be sent, what it is of the cell, what its author calls its plan. */
    @JSExport public static JSArray<JSObject> statements(String source) {
        var statements = new JSArray<JSObject>();
        for (var statement : StatementText.of(source)) {
            statements.push(statement(PlanRequest.of(statement.text()).sql(), statement.text(), statement.start(), statement.remark()));
        }
        return statements;
    }

    @JSBody(params = {"sql", "text", "start", "remark"}, script = "return {sql: sql, text: text, start: start, remark: remark};")
    private static native JSObject statement(String sql, String text, int start, String remark);

    /** What was said, as HTML. */
    @JSExport public static String drawn(String said) {
        return HtmlDrawing.draw(outputs(said)).toString();
    }

    /**
     * What differs from the recording, in a sentence; empty where nothing does.
     *
     * @param recorded lines of {@link LiveLikeness}, as an array of JSON
     */
    @JSExport public static String difference(String said, String recorded) {
        return LiveLikeness.difference(((List<?>) Json.read(recorded)).stream().map(String::valueOf).toList(), LiveLikeness.of(outputs(said)));
    }

    private static List<Output> outputs(String said) {
        var outputs = new ArrayList<Output>();
        for (var one : (List<?>) Json.read(said)) {
            var map = (Map<?, ?>) one;
            outputs.addAll(Said.outputs(map, Said.text(map, "title")));
        }
        return outputs;
    }
}
