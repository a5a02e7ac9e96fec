package terminal.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import lesson.Page.Section;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class LessonContentTest {
    @Test void theQuestionInShortIsTheLastParagraphInFrontOfTheCode() {
        assertEquals(Optional.of("Predict: which one waits?"), LessonContent.question(step("<p>Two sessions.</p><ul><li>one</li></ul><p>Predict: which <b>one</b> waits?</p>")));
        assertEquals(Optional.empty(), LessonContent.question(step("<ul><li>one</li></ul>")));
    }

    @Test void aParagraphThatAsksNothingIsNoQuestion() {
        assertEquals(Optional.empty(), LessonContent.question(step("<p>Which one waits?</p><p>The second session is on another server.</p>")));
    }

    private static Section.Step step(String question) {
        return new Section.Step("id", "Title", Jsoup.parseBodyFragment(question).body(), Jsoup.parseBodyFragment("<pre></pre>").body(), Jsoup.parseBodyFragment("").body());
    }
}
