import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All articles, page by page. */
public class Feed {

    public record Article(long id, OffsetDateTime createdAt, String title) { }

    /** How many articles a reader has seen, when this one was the last. */
    private static final Map<Article, Integer> SEEN = new ConcurrentHashMap<>();

    public static List<Article> page(Connection connection, Optional<Article> last, int size) throws SQLException {
        var page = new ArrayList<Article>();
        Integer seen = last.isPresent() ? SEEN.get(last.get()) : Integer.valueOf(0);
        if (seen == null) {
            try (var query = connection.prepareStatement("select count(*) from articles where (created_at, id) >= (?, ?)")) {
                query.setObject(1, last.get().createdAt());
                query.setLong(2, last.get().id());
                try (var row = query.executeQuery()) {
                    row.next();
                    seen = row.getInt(1);
                }
            }
        }
        try (var query = connection.prepareStatement("select id, created_at, title from articles order by created_at desc, id desc limit ? offset ?")) {
            query.setInt(1, size);
            query.setInt(2, seen);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                    SEEN.put(page.getLast(), seen + page.size());
                }
            }
        }
        return page;
    }
}
