package book.build.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.output.Output;
import kernel.output.PlanJson;
import kernel.output.Tables;

/** What PostgreSQL said to a statement, as the worker hands it over in JSON, made into outputs as a lesson shows them. */
final class Said {
    private Said() { }

    /** @param title what the author calls the plan; empty where nothing */
    static List<Output> outputs(Map<?, ?> said, String title) {
        return switch (text(said, "type")) {
            case "rows" -> rows(said, title);
            case "changed" -> List.of(new Output.Text(changed(text(said, "rows"))));
            case "notice" -> text(said, "message").endsWith(", skipping") ? List.of() : List.of(notice(said));
            case "failure" -> List.of(failure(said));
            case "claim" -> List.of(new Output.Claim(text(said, "claim"), text(said, "actual")));
            default -> List.of(new Output.Text(text(said, "text")));
        };
    }

    private static List<Output> rows(Map<?, ?> said, String title) {
        var columns = list(said, "columns").stream().map(Map.class::cast)
            .map(column -> new Output.Table.Column(text(column, "name"), text(column, "type"))).toList();
        var rows = new ArrayList<List<Optional<String>>>();
        list(said, "rows").forEach(row -> rows.add(((List<?>) row).stream().map(value -> Optional.ofNullable((String) value)).toList()));
        if (PlanJson.isPlan(columns)) {
            return rows.stream().flatMap(row -> PlanJson.outputs((List<?>) Json.read(row.getFirst().orElse("[]"))).stream())
                .map(output -> PlanJson.titled(output, title)).toList();
        }
        return List.of(new Output.Table(columns, rows.stream().limit(Tables.MAX_ROWS).toList(), rows.size() > Tables.MAX_ROWS));
    }

    private static String changed(String rows) {
        return rows.equals("1") ? "1 row changed" : rows + " rows changed";
    }

    private static Output notice(Map<?, ?> said) {
        var lines = new ArrayList<>(List.of(text(said, "severity") + ": " + text(said, "message")));
        Map.of("DETAIL: ", "detail", "HINT: ", "hint").forEach((what, name) -> {
            if (!text(said, name).isEmpty()) {
                lines.add(what + text(said, name));
            }
        });
        return new Output.Log("server", lines);
    }

    private static Output failure(Map<?, ?> said) {
        var position = text(said, "position");
        return new Output.Failure("PostgreSQL", text(said, "message"), text(said, "code"), text(said, "detail"), text(said, "hint"),
            text(said, "statement"), position.isEmpty() ? 0 : Integer.parseInt(position), text(said, "where"));
    }

    static String text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    static List<?> list(Map<?, ?> map, String name) {
        return map.get(name) instanceof List<?> list ? list : List.of();
    }
}
