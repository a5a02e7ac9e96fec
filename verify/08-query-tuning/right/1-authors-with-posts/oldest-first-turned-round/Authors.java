import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var wanted = ids.stream().map(String::valueOf).collect(joining(",", "{", "}"));
        // a place for each id, in the caller's order; those that stay empty go in the end
        var places = new LinkedHashMap<Long, Author>();
        ids.forEach(id -> places.put(id, null));
        try (var connection = source.getConnection()) {
            try (var query = connection.prepareStatement(
                    "select id, name from authors where id = any(?::bigint[])")) {
                query.setObject(1, wanted, Types.OTHER);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        places.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                    }
                }
            }
            places.values().removeIf(Objects::isNull);
            // the oldest first, as the index has them
            try (var query = connection.prepareStatement("""
                    select author_id, id, title from posts
                    where author_id = any(?::bigint[])
                    order by author_id, created_at, id""")) {
                query.setObject(1, wanted, Types.OTHER);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        var author = places.get(row.getLong(1));
                        if (author != null) {
                            author.posts().add(new Post(row.getLong(2), row.getString(3)));
                        }
                    }
                }
            }
        }
        for (var author : places.values()) {
            Collections.reverse(author.posts());
        }
        return new ArrayList<>(places.values());
    }
}
