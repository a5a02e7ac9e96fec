package terminal.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import lesson.Lesson;
import org.jsoup.parser.Parser;

/** A lesson's title, found without reading the whole page: it has to be on the screen first. */
public final class LessonTitle {
    private LessonTitle() { }

    /** As the book has it; without a book, made of the lesson's name. */
    public static String of(Lesson lesson) {
        try (BufferedReader page = Files.newBufferedReader(lesson.page())) {
            for (var line = page.readLine(); line != null; line = page.readLine()) {
                var start = line.indexOf("<h1");
                if (start >= 0 && line.contains("</h1>")) {
                    return text(line.substring(line.indexOf('>', start) + 1, line.indexOf("</h1>")));
                }
            }
        } catch (IOException e) {
            return fromTopic(lesson); // no book yet; the opening says so
        }
        return fromTopic(lesson);
    }

    private static String text(String html) {
        var bare = html.replaceAll("<[^>]*>", "").strip();
        return bare.indexOf('&') < 0 ? bare : Parser.unescapeEntities(bare, false);
    }

    private static String fromTopic(Lesson lesson) {
        var words = lesson.topic().replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
