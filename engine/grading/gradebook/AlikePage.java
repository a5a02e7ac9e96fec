package grading.gradebook;

import static grading.gradebook.Html.text;
import grading.gradebook.Gradebook.Alike;
import grading.gradebook.Gradebook.Copy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lesson.Exercise;

/** The answers that learners have in common, side by side. What that means is for a person to say. */
final class AlikePage {
    private static final int LONGEST = 20_000;
    private static final int SIDES = 6;

    private AlikePage() { }

    static String of(Gradebook book, GradingFolder kept) {
        var body = new StringBuilder("<p>The same but for blanks and comments. Short answers are often alike without anybody’s doing.</p>\n");
        if (book.alike().isEmpty()) {
            body.append("<p>No two learners have the same answer.</p>\n");
        }
        book.alike().forEach(alike -> group(alike, kept, body));
        return Html.page("Answers in common", body.toString(), "");
    }

    private static void group(Alike alike, GradingFolder kept, StringBuilder body) {
        body.append("<h2>").append(text(alike.exercise().id() + " " + alike.exercise().title())).append("</h2>\n");
        if (alike.solution()) {
            body.append("<p>It is the solution of the course.</p>\n");
        }
        body.append("<div class=\"sides\">");
        alike.copies().stream().limit(SIDES).forEach(copy -> side(copy, kept, body));
        body.append("</div>\n");
        if (alike.copies().size() > SIDES) {
            body.append("<p>And ").append(text(String.join(", ", alike.copies().stream().skip(SIDES).map(copy -> copy.learner().name()).toList()))).append("</p>\n");
        }
    }

    private static void side(Copy copy, GradingFolder kept, StringBuilder body) {
        body.append("<div><a href=\"learners/").append(copy.learner().fileName()).append("\">").append(text(copy.learner().name())).append("</a>");
        Exercise.answerFiles(kept.answer(copy.answer())).forEach(file -> body.append("<p>").append(text(file.getFileName().toString())).append("</p><pre>").append(text(content(file))).append("</pre>"));
        body.append("</div>\n");
    }

    private static String content(Path file) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
