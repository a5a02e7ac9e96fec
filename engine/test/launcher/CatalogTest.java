package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The launcher reads the catalog line by line, so its form is part of the contract. */
class CatalogTest {

    private static final Pattern COMMAND = Pattern.compile(
            " {4}\"([a-z]+[0-9]*)\": \\{ \"script-ref\": \"(engine/(?:Start|Book)\\.java)\", \"arguments\": \\[\"([a-z0-9]+)\"], \"description\": \"([^\"]+)\" },?");

    @Test
    void everyCommandIsOneLineAndGivesTheProgramItsOwnName() {
        var lines = Disk.read(Checkout.root().resolve("jbang-catalog.json")).lines().filter(line -> line.contains("script-ref")).toList();
        assertTrue(lines.size() >= 15, "only " + lines.size() + " commands");
        for (var line : lines) {
            var command = COMMAND.matcher(line);
            assertTrue(command.matches(), "not in the form of the others: " + line);
            assertEquals(command.group(1), command.group(3), "the name and the argument differ");
            assertEquals(command.group(1).equals("docs") ? "engine/Book.java" : "engine/Start.java", command.group(2));
            assertTrue(command.group(4).matches("[A-Z][^%^&|<>!]{10,70}\\."), "no short sentence, or with what Windows' cmd does not print: " + command.group(4));
        }
    }
}
