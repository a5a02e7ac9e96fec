package check;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import lesson.Home;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The aliases of jbang-catalog.json, under which jbang knows the lessons and the commands. */
final class AliasCheck {
    private static final String CATALOG = "jbang-catalog.json";

    private AliasCheck() { }

    static List<String> complaints(Home home) throws IOException {
        var aliases = JsonMapper.shared().readTree(Files.readString(home.root().resolve(CATALOG))).path("aliases");
        var complaints = new ArrayList<String>();
        for (var lesson : home.lessons()) {
            if (!aliases.has("lesson" + lesson.number())) {
                complaints.add(CATALOG + " has no lesson" + lesson.number());
            }
        }
        aliases.properties().forEach(alias -> complaints.addAll(complaints(home, alias.getKey(), alias.getValue())));
        return complaints;
    }

    private static List<String> complaints(Home home, String name, JsonNode alias) {
        var complaints = new ArrayList<String>();
        if (!alias.path("arguments").path(0).asString().equals(name)) {
            complaints.add("the alias " + name + " does not pass its own name");
        }
        if (!Files.exists(home.root().resolve(alias.path("script-ref").asString()))) {
            complaints.add("the alias " + name + " names a program that is not there");
        }
        if (name.startsWith("lesson") && !lessonExists(home, name.substring("lesson".length()))) {
            complaints.add("the alias " + name + " names a lesson that is not there");
        }
        return complaints;
    }

    private static boolean lessonExists(Home home, String number) {
        return home.lessons().stream().anyMatch(lesson -> lesson.number().equals(number));
    }
}
