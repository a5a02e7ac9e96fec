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
        // One comparison of two columns: the index, read backwards, begins right there. With "or" it would begin at its end.
        // No article is greater than this one, but one may be it.
        var after = "where (created_at, id) " + (last.isPresent() ? "<" : "<=") + " (coalesce(?::timestamptz, 'infinity'), ?)";
        try (var query = connection.prepareStatement("select id, created_at, title from articles " + after
                + " order by created_at desc, id desc limit ?")) { // the id gives those of one instant an order
            int at = 1;
            query.setObject(at++, last.map(Article::createdAt).orElse(null), java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
            query.setLong(at++, last.map(Article::id).orElse(Long.MAX_VALUE));
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
