package book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCheckTest {
    @TempDir Path root;
    private Lesson lesson;

    @BeforeEach void aLessonOfTwoSteps() throws IOException {
        lesson = new Lesson(new Home(root), "02", "pooling");
        Files.createDirectories(lesson.folder());
        Files.writeString(lesson.program(), """
            void main() {
                // tag::helper[]
                int helper;
                // end::helper[]
                step("first");                     // tag::first[]
                // end::first[]
                sql("second", \"""
                    -- tag::second[]
                    select 1
                    -- end::second[]
                    \""");
            }
            """);
    }

    @Test void theSameStepsInTheSameOrderEverywhereAreFine() {
        assertEquals(List.of(), check(List.of("first", "second"), recorded("first", "second")));
    }

    @Test void aStepThatTheProseDoesNotShowIsFoundInTheProgramWithItsLine() {
        var finding = check(List.of("first"), recorded("first")).getFirst();
        assertEquals("lessons/02-pooling/lesson02.java:8: step \"second\" is not in lessons/02-pooling/lesson02.adoc",
            finding.toString().lines().findFirst().orElseThrow());
    }

    @Test void aStepThatTheProgramDoesNotHaveIsFoundInTheProse() {
        assertEquals("step \"third\" is not in lessons/02-pooling/lesson02.java",
            check(List.of("first", "second", "third"), recorded("first", "second", "third")).getFirst().what());
    }

    @Test void anotherOrderIsFound() {
        assertEquals("has \"second\" as step 1 where lessons/02-pooling/lesson02.java has \"first\"",
            check(List.of("second", "first"), recorded("second", "first")).getFirst().what());
    }

    @Test void aLessonThatWasNotRecordedNamesTheCommand() {
        var finding = check(List.of("first", "second"), Optional.empty()).getFirst();
        assertEquals("lessons/02-pooling/lesson02.out", finding.file());
        assertEquals("Run ./jbang record 02 and commit the result.", finding.todo());
    }

    @Test void aRecordingOfOtherStepsIsFound() {
        assertEquals("has nothing as step 2 where lessons/02-pooling/lesson02.adoc has \"second\"",
            check(List.of("first", "second"), recorded("first")).getFirst().what());
    }

    @Test void aStepWhoseCodeChangedSinceItWasRecordedIsFound() {
        var old = new Recording("02-pooling", "18.6", "embedded", "25", "2026-11-22",
            List.of(new Recording.Step("first", "0123456789ab", List.of()), new Recording.Step("second", fingerprint("second"), List.of())));
        assertEquals(List.of("step \"first\" was recorded with other code than lessons/02-pooling/lesson02.java has now"),
            check(List.of("first", "second"), Optional.of(old)).stream().map(Finding::what).toList());
    }

    private String fingerprint(String step) {
        return Program.regions(lesson.program()).stream().filter(region -> region.id().equals(step))
            .map(Region::fingerprint).findFirst().orElse("");
    }

    private List<Finding> check(List<String> shown, Optional<Recording> recording) {
        var html = new StringBuilder("<main>");
        shown.forEach(id -> html.append("<section class=step id=").append(id).append("></section>"));
        var page = new BookPage("02-pooling.html", "", "Pooling", "", Jsoup.parse(html + "</main>").expectFirst("main"));
        return StepCheck.of(lesson, page, recording);
    }

    private Optional<Recording> recorded(String... steps) {
        return Optional.of(new Recording("02-pooling", "18.6", "embedded", "25", "2026-11-22",
            List.of(steps).stream().map(id -> new Recording.Step(id, fingerprint(id), List.of())).toList()));
    }
}
