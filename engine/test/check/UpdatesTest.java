package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lesson.Home;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("Versions of others")
class UpdatesTest {
    private static final Pattern USES = Pattern.compile("(?m)^.*\\buses: .*$");
    private static final String PINNED = ".*uses: [\\w./-]+@[0-9a-f]{40} # v\\d+(\\.\\d+\\.\\d+)?";
    private final Path root = Home.here().root();

    @Test @DisplayName("in jbang's programs are found by the pattern that Renovate is given, each with its version")
    void libraries() throws IOException {
        var settings = JsonMapper.shared().readTree(Files.readString(root.resolve(".github/renovate.json")));
        var pattern = Pattern.compile(settings.at("/customManagers/0/matchStrings/0").asString());
        var programs = texts(Stream.of("engine/Course.java", "engine/Book.java"), Stream.of("lessons", "exercises", "solutions", "verify"), ".java");
        for (var program : programs) {
            var wanted = program.lines().filter(line -> line.matches("//DEPS [^:\\s]+:[^:\\s]+:\\S+")).map(line -> line.replaceFirst("//DEPS ", "").replaceFirst("@pom$", "")).toList();
            assertEquals(wanted, pattern.matcher(program).results().map(found -> found.group("depName") + ":" + found.group("currentValue")).toList());
        }
        assertFalse(programs.stream().noneMatch(program -> program.contains("@pom")), "a platform is among them");
    }

    @Test @DisplayName("that workflows use are pinned to a commit, with the release beside it for people")
    void actions() throws IOException {
        var workflows = texts(Stream.of(), Stream.of(".github/workflows", "docs/grading"), ".yml");
        var uses = workflows.stream().flatMap(text -> USES.matcher(text).results()).map(MatchResult::group).toList();
        assertFalse(uses.isEmpty());
        assertEquals(List.of(), uses.stream().filter(line -> !line.matches(PINNED)).toList());
    }

    private List<String> texts(Stream<String> files, Stream<String> folders, String end) throws IOException {
        var found = new ArrayList<>(files.map(root::resolve).toList());
        for (var folder : folders.map(root::resolve).toList()) {
            try (var inside = Files.walk(folder)) {
                inside.filter(file -> file.toString().endsWith(end)).forEach(found::add);
            }
        }
        var texts = new ArrayList<String>();
        for (var file : found) {
            texts.add(Files.readString(file));
        }
        return texts;
    }
}
