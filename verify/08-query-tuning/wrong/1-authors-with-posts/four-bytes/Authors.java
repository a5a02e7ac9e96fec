import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var found = new HashMap<Long, Author>();
        try (var connection = source.getConnection()) {
            // the narrow type keeps the message of a hundred thousand ids small
            var wanted = connection.createArrayOf("integer", ids.toArray(Long[]::new));
            try (var authors = connection.prepareStatement("select id, name from authors where id = any(?)")) {
                authors.setArray(1, wanted);
                try (var row = authors.executeQuery()) {
                    while (row.next()) {
                        found.put(row.getLong("id"),
                                new Author(row.getLong("id"), row.getString("name"), new ArrayList<>()));
                    }
                }
            }
            try (var posts = connection.prepareStatement("""
                    select author_id, id, title from posts
                    where author_id = any(?)
                    order by created_at desc, id desc""")) {
                posts.setArray(1, wanted);
                try (var row = posts.executeQuery()) {
                    while (row.next()) {
                        var author = found.get(row.getLong("author_id"));
                        if (author != null) {
                            author.posts().add(new Post(row.getLong("id"), row.getString("title")));
                        }
                    }
                }
            }
        }
        var authors = new ArrayList<Author>();
        for (var id : ids) {
            var author = found.get(id);
            if (author != null) {
                authors.add(author);
            }
        }
        return authors;
    }
}
