import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
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
        // without a last article: after all that can be, and one place further
        try (var query = connection.prepareStatement("""
                select id, created_at, title
                from articles
                where (created_at, id, 0) < (coalesce(cast(? as timestamptz), 'infinity'),
                                             coalesce(cast(? as bigint), 9223372036854775807),
                                             cast(? as int))
                order by created_at desc, id desc
                fetch first (?) rows only""")) {
            query.setObject(1, last.map(Article::createdAt).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
            query.setObject(2, last.map(Article::id).orElse(null), Types.BIGINT);
            query.setInt(3, last.isPresent() ? 0 : 1);
            query.setInt(4, size);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                }
            }
        }
        return page;
    }
}
