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
        try (var query = connection.prepareStatement("""
                select id, created_at, title from articles
                where (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?""")) {
            // the first page comes after a row that is greater than all: the driver sends MAX as infinity
            query.setObject(1, last.map(Article::createdAt).orElse(OffsetDateTime.MAX));
            query.setLong(2, last.map(Article::id).orElse(Long.MAX_VALUE));
            query.setInt(3, size);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                }
            }
        }
        return page;
    }
}
