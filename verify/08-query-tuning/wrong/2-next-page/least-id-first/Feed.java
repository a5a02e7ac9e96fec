import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All articles, page by page. */
public class Feed {

    public record Article(long id, OffsetDateTime createdAt, String title) { }

    private static final String NEWEST = """
            select id, created_at, title from articles
            order by created_at desc, id
            limit ?""";

    private static final String REST_OF_THE_INSTANT = """
            select id, created_at, title from articles
            where created_at = ? and id > ?
            order by id
            limit ?""";

    private static final String OLDER = """
            select id, created_at, title from articles
            where created_at < ?
            order by created_at desc, id
            limit ?""";

    /**
     * The next page, the newest articles first.
     *
     * @param last the last article of the page before; empty for the first page
     */
    public static List<Article> page(Connection connection, Optional<Article> last, int size) throws SQLException {
        var page = new ArrayList<Article>();
        if (last.isEmpty()) {
            try (var query = connection.prepareStatement(NEWEST)) {
                query.setInt(1, size);
                addAll(query, page);
            }
            return page;
        }
        try (var query = connection.prepareStatement(REST_OF_THE_INSTANT)) {
            query.setObject(1, last.get().createdAt());
            query.setLong(2, last.get().id());
            query.setInt(3, size);
            addAll(query, page);
        }
        if (page.size() < size) {
            try (var query = connection.prepareStatement(OLDER)) {
                query.setObject(1, last.get().createdAt());
                query.setInt(2, size - page.size());
                addAll(query, page);
            }
        }
        return page;
    }

    private static void addAll(PreparedStatement query, List<Article> page) throws SQLException {
        try (var row = query.executeQuery()) {
            while (row.next()) {
                page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
            }
        }
    }
}
