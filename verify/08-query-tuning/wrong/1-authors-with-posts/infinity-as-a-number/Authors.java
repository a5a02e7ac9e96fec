import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        var names = new HashMap<Long, String>();
        var written = new HashMap<Long, List<Dated>>();
        try (var connection = source.getConnection()) {
            var array = connection.createArrayOf("bigint", ids.toArray(Long[]::new));
            try (var query = connection.prepareStatement("select id, name from authors where id = any(?)")) {
                query.setArray(1, array);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        names.put(row.getLong(1), row.getString(2));
                    }
                }
            }
            // Microseconds since 1970: all that PostgreSQL keeps, and they sort without any time zone.
            try (var query = connection.prepareStatement("""
                    select author_id, id, title, (extract(epoch from created_at) * 1000000)::bigint
                    from posts where author_id = any(?)""")) {
                query.setArray(1, array);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        written.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                                .add(new Dated(row.getLong(4), new Post(row.getLong(2), row.getString(3))));
                    }
                }
            }
        }
        return inOrder(ids, names, written);
    }

    private record Dated(long micros, Post post) { }

    private static List<Author> inOrder(List<Long> ids, Map<Long, String> names, Map<Long, List<Dated>> written) {
        var newestFirst = Comparator.comparingLong(Dated::micros).thenComparingLong(d -> d.post().id()).reversed();
        var authors = new ArrayList<Author>();
        for (var id : ids) {
            if (names.containsKey(id)) {
                var posts = new ArrayList<Post>();
                written.getOrDefault(id, List.of()).stream().sorted(newestFirst).map(Dated::post).forEach(posts::add);
                authors.add(new Author(id, names.get(id), posts));
            }
        }
        return authors;
    }
}
