import java.sql.SQLException;
import java.util.ArrayList;
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
        var byId = new HashMap<Long, Author>();
        try (var connection = source.getConnection();
             var authors = connection.prepareStatement("select id, name from authors where id = any(?)");
             var posts = connection.prepareStatement("select author_id, id, title from posts where author_id = any(?) "
                 + "order by created_at desc, id desc")) { // over all authors: then each one's are in order, too
            var wanted = connection.createArrayOf("bigint", ids.toArray()); // one parameter, of any length
            authors.setArray(1, wanted);
            try (var row = authors.executeQuery()) {
                while (row.next()) {
                    byId.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                }
            }
            posts.setArray(1, wanted);
            try (var row = posts.executeQuery()) {
                while (row.next()) {
                    var author = byId.get(row.getLong(1));
                    if (author != null) { // else he has come since the first statement
                        author.posts().add(new Post(row.getLong(2), row.getString(3)));
                    }
                }
            }
        }
        return ids.stream().map(byId::get).filter(Objects::nonNull).toList(); // their order, not the database's
    }
}
