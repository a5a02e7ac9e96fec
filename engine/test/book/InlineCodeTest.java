package book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import lesson.Exercise;
import lesson.Home;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The committed pages beside their sources; that they are of these sources {@code ./jbang docs --check} says. */
class InlineCodeTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^(-{4}|\\.{4})\n.*?^\\1\n");
    private static final Pattern CODE = Pattern.compile("(?s)(?<![\\w;:\"'`}\\\\])`(?!`)(\\S|\\S.*?\\S)`(?![\\w\"'`])");

    private final Home home = Home.here();

    @Test void codeStandsInTheBookAsItsAuthorWroteIt() throws IOException {
        var changed = new ArrayList<String>();
        for (var lesson : home.lessons()) {
            changed.addAll(changed(lesson.prose(), lesson.page()));
            for (var exercise : home.exercises(lesson)) {
                changed.addAll(changed(exercise.task(), exercise.page()));
            }
        }
        assertEquals(List.of(), changed);
    }

    private List<String> changed(Path source, Path page) throws IOException {
        var shown = new HashSet<>(Jsoup.parse(Files.readString(page)).select("code").eachText());
        var prose = BLOCK.matcher(Files.readString(source)).replaceAll("\n");
        return CODE.matcher(prose).results().map(code -> plain(code.group(1))).filter(code -> !shown.contains(code))
            .map(code -> home.root().relativize(source) + ": " + code).toList();
    }

    /** The marks of literal text, which code may still have, stand in no page. */
    private static String plain(String code) {
        return code.replaceFirst("^\\+(.+)\\+$", "$1").replaceAll("\\s+", " ");
    }
}
