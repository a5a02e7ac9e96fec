import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return new ArrayList<>();
        }
        var found = new HashMap<Long, Author>();
        try (var connection = source.getConnection()) {
            try (var authors = connection.prepareStatement("select id, name from authors where id = any(?)")) {
                authors.setArray(1, connection.createArrayOf("bigint", ids.toArray(Long[]::new)));
                try (var row = authors.executeQuery()) {
                    while (row.next()) {
                        found.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                    }
                }
            }
            // one range of the index on (author_id, created_at), in place of a descent for each author
            try (var posts = connection.prepareStatement("""
                    select author_id, id, title from posts
                    where author_id between ? and ?
                    order by author_id, created_at desc, id desc""")) {
                posts.setLong(1, Collections.min(ids));
                posts.setLong(2, Collections.max(ids));
                try (var row = posts.executeQuery()) {
                    while (row.next()) {
                        var author = found.get(row.getLong(1));
                        if (author != null) {
                            author.posts().add(new Post(row.getLong(2), row.getString(3)));
                        }
                    }
                }
            }
        }
        return new ArrayList<>(ids.stream().map(found::get).filter(Objects::nonNull).toList());
    }
}
