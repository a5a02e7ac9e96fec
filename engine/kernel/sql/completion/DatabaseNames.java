package kernel.sql.completion;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlKeywords;

/** What can be named in the statements of a database. */
record DatabaseNames(List<Relation> relations, List<Function> functions) {
    static final DatabaseNames NONE = new DatabaseNames(List.of(), List.of());
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    /** @param kind table, view, …; columns in their order */
    record Relation(String schema, String name, String kind, List<Column> columns) {
        boolean isOfSystem() {
            return schema.equals("pg_catalog") || schema.equals("information_schema");
        }
    }

    record Column(String name, String type) { }

    /** @param arguments as PostgreSQL writes them, "text, integer" */
    record Function(String schema, String name, String arguments) { }

    List<String> schemas() {
        return relations.stream().map(Relation::schema).distinct().toList();
    }

    /** One that is found without its schema wins over one that is not. */
    Optional<Relation> relation(String schema, String name) {
        return relations.stream().filter(relation -> relation.name().equals(name) && (schema.isEmpty() || relation.schema().equals(schema)))
            .min(java.util.Comparator.comparing(relation -> !relation.schema().equals("public") && !relation.isOfSystem()));
    }

    /** As it must be written: quoted, where PostgreSQL would read another name. */
    static String written(String name) {
        return PLAIN.matcher(name).matches() && !SqlKeywords.RESERVED.contains(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** As PostgreSQL reads it. */
    static String read(String written) {
        return written.startsWith("\"") ? written.replaceAll("^\"|\"$", "").replace("\"\"", "\"") : written.toLowerCase(Locale.ROOT);
    }
}
