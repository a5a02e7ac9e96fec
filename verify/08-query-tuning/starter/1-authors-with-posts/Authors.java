import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var authors = new ArrayList<Author>();
        try (var connection = source.getConnection()) {
            for (var id : ids) {
                try (var author = connection.prepareStatement("select name from authors where id = ?")) {
                    author.setLong(1, id);
                    try (var row = author.executeQuery()) {
                        if (row.next()) {
                            authors.add(new Author(id, row.getString(1), new ArrayList<>()));
                        }
                    }
                }
            }
            for (var author : authors) {
                try (var posts = connection.prepareStatement(
                        "select id, title from posts where author_id = ? order by created_at desc, id desc")) {
                    posts.setLong(1, author.id());
                    try (var row = posts.executeQuery()) {
                        while (row.next()) {
                            author.posts().add(new Post(row.getLong(1), row.getString(2)));
                        }
                    }
                }
            }
        }
        return authors;
    }
}
