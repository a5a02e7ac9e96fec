import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All articles, page by page. */
public class Feed {

    public record Article(long id, OffsetDateTime createdAt, String title) { }

    /**
     * The next page, the newest articles first.
     *
     * @param last the last article of the page before; empty for the first page
     */
    public static List<Article> page(Connection connection, Optional<Article> last, int size) throws SQLException {
        try (var plan = connection.createStatement()) {
            // A plan for these very values: it begins where it should in the index.
            plan.execute("set plan_cache_mode = force_custom_plan");
            try {
                return read(connection, last, size);
            } finally {
                plan.execute("reset plan_cache_mode");
            }
        }
    }

    private static List<Article> read(Connection connection, Optional<Article> last, int size) throws SQLException {
        var page = new ArrayList<Article>();
        try (var query = connection.prepareStatement(
                "select id, created_at, title from articles "
                + (last.isPresent() ? "where (created_at, id) < (?, ?) " : "")
                + "order by created_at desc, id desc limit ?")) {
            int at = 1;
            if (last.isPresent()) {
                query.setObject(at++, last.get().createdAt());
                query.setLong(at++, last.get().id());
            }
            query.setInt(at, size);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                }
            }
        }
        return page;
    }
}
