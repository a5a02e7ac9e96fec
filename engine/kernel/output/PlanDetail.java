package kernel.output;

import java.util.regex.Pattern;

/** The words beside a node of a plan, shorter than PostgreSQL writes them. */
public final class PlanDetail {
    private static final Pattern UUID = Pattern.compile("\\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{8}([0-9a-f]{4})\\b");
    /** A cast of a literal, whose type the column says; a cast of a column or a parameter changes what is compared, and stays. */
    private static final Pattern CAST = Pattern.compile(
        "('(?:[^']|'')*')::(?:timestamp with(?:out)? time zone|time with(?:out)? time zone|character varying|double precision|bit varying|\"char\"|[\\w.]+)(?:\\(\\d+(?:,\\d+)?\\))?(?:\\[\\])*");
    private static final Pattern SOURCE = Pattern.compile("(?:^|, )((?:using|on) [^,( ]+)");

    private PlanDetail() { }

    /** Without casts of literals, and with UUIDs as "01856aa1…3bc0". */
    public static String folded(String detail) {
        return UUID.matcher(CAST.matcher(detail).replaceAll("$1")).replaceAll("$1…$2");
    }

    /** The index, or else the table, function or CTE that the node reads: "using posts_author_date", "on posts"; or nothing. */
    static String source(String detail) {
        var source = SOURCE.matcher(detail);
        return source.find() ? source.group(1) : "";
    }
}
