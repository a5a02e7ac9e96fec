import java.sql.SQLException;
import java.time.LocalDateTime;
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

    private record Dated(LocalDateTime at, Post post) { }

    private static final Comparator<Dated> NEWEST_FIRST = Comparator.comparing(Dated::at)
            .thenComparingLong(dated -> dated.post().id())
            .reversed();

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var names = new HashMap<Long, String>();
        Map<Long, List<Dated>> posts = new HashMap<>();
        try (var connection = source.getConnection()) {
            var wanted = connection.createArrayOf("bigint", ids.toArray(Long[]::new));
            try (var query = connection.prepareStatement("select id, name from authors where id = any(?)")) {
                query.setArray(1, wanted);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        names.put(row.getLong(1), row.getString(2));
                    }
                }
            }
            try (var query = connection.prepareStatement(
                    "select author_id, created_at, id, title from posts where author_id = any(?)")) {
                query.setArray(1, wanted);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        posts.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                                .add(new Dated(row.getTimestamp(2).toLocalDateTime(),
                                        new Post(row.getLong(3), row.getString(4))));
                    }
                }
            }
        }
        // sorting each author's few posts here is cheaper than one big sort over there
        var authors = new ArrayList<Author>();
        for (var id : ids) {
            if (names.containsKey(id)) {
                var sorted = new ArrayList<>(posts.getOrDefault(id, List.of()).stream()
                        .sorted(NEWEST_FIRST)
                        .map(Dated::post)
                        .toList());
                authors.add(new Author(id, names.get(id), sorted));
            }
        }
        return authors;
    }
}
