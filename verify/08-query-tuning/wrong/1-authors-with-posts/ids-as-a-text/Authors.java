import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var byId = new LinkedHashMap<Long, Author>();
        try (var connection = source.getConnection()) {
            var list = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
            try (var select = connection.prepareStatement("""
                    select a.id, a.name
                    from string_to_table(?, ',') with ordinality wanted (id, place)
                    join authors a on a.id = wanted.id::bigint
                    order by wanted.place""")) {
                select.setString(1, list);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        byId.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                    }
                }
            }
            try (var select = connection.prepareStatement("""
                    select author_id, id, title from posts where author_id = any(string_to_array(?, ',')::bigint[])
                    order by created_at desc, id desc""")) {
                select.setString(1, list);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        var author = byId.get(row.getLong(1));
                        if (author != null) {
                            author.posts().add(new Post(row.getLong(2), row.getString(3)));
                        }
                    }
                }
            }
        }
        return new ArrayList<>(byId.values());
    }
}
