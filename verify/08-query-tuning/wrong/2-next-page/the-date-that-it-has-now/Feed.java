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
        var page = new ArrayList<Article>();
        // The client may have rounded the instant on its way, so the table's own is better while the article is there.
        var after = """
                where (created_at, id) < (coalesce((select created_at from articles where id = ?), ?), ?)""";
        try (var query = connection.prepareStatement("""
                select id, created_at, title from articles
                %s
                order by created_at desc, id desc
                limit ?""".formatted(last.isPresent() ? after : ""))) {
            int at = 1;
            if (last.isPresent()) {
                query.setLong(at++, last.get().id());
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
