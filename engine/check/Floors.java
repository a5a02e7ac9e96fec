package check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which package of the engine may use which, as CONTRIBUTING.md lists them: a block that opens with {@value #OPENING} has the
 * floors, the lowest first. On a floor {@code |} parts rooms that know nothing of each other, and {@code <} what is used from
 * what uses it; a line that begins with a space goes on with the floor above.
 */
record Floors(Map<String, Place> places) {
    private static final String OPENING = "```floors";

    /** @param step counts what is left of it in its room */
    private record Place(int floor, int room, int step) {
        boolean mayUse(Place other) {
            return other.floor < floor || other.floor == floor && other.room == room && other.step < step;
        }
    }

    /** No packages at all where the page has no such block. */
    static Floors read(Path page) throws IOException {
        var places = new TreeMap<String, Place>();
        var block = Files.readString(page).lines().dropWhile(line -> !line.equals(OPENING)).skip(1)
            .takeWhile(line -> !line.startsWith("```")).collect(Collectors.joining("\n"));
        var floors = block.split("\n(?! )");
        for (int floor = 0; floor < floors.length; floor++) {
            var rooms = floors[floor].split("\\|");
            for (int room = 0; room < rooms.length; room++) {
                var steps = rooms[room].split("<");
                for (int step = 0; step < steps.length; step++) {
                    for (var name : steps[step].strip().split("\\s+")) {
                        places.put(name, new Place(floor, room, step));
                    }
                }
            }
        }
        return new Floors(places);
    }

    Set<String> packages() {
        return places.keySet();
    }

    boolean mayUse(String user, String used) {
        return user.equals(used) || places.get(user).mayUse(places.get(used));
    }
}
