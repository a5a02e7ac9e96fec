package book.build;

import book.BookPage;
import book.ClonePaths;
import book.Contents;
import book.ExercisePage;
import book.Finding;
import book.IndexPage;
import book.LessonPage;
import book.LinkCheck;
import book.ProsePage;
import book.Recording;
import book.Site;
import book.SourceLinks;
import book.StepCheck;
import book.guides.GuidesPage;
import book.words.NewWords;
import book.words.Vocabulary;
import book.words.WordsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import lesson.Exercise;
import lesson.Home;
import lesson.Lesson;
import lesson.MutantScores;

/** Builds the whole book in memory and collects what is wrong with its sources. */
final class Builder {
    /** @param findings what its authors have to correct */
    record Built(Site site, List<Finding> findings) { }

    private final Home home;
    private final AsciiDoc asciidoc;
    private final Vocabulary vocabulary;
    private final List<Finding> findings = new ArrayList<>();

    private Builder(Home home, AsciiDoc asciidoc) {
        this.home = home;
        this.asciidoc = asciidoc;
        this.vocabulary = Vocabulary.of(home);
    }

    static Built build(Home home) throws IOException {
        try (var asciidoc = new AsciiDoc(home)) {
            return new Builder(home, asciidoc).build();
        }
    }

    private Built build() throws IOException {
        var parts = new ArrayList<Contents.Part>();
        for (var lesson : home.lessons()) {
            if (isThere(lesson.prose())) {
                parts.add(part(lesson));
            }
        }
        var docs = home.root().resolve("docs");
        var reference = new ArrayList<>(List.of(WordsPage.of(vocabulary, parts)));
        if (isThere(docs.resolve("reference.adoc"))) {
            reference.add(ProsePage.reference(asciidoc.convert(docs.resolve("reference.adoc"))));
        }
        if (isThere(docs.resolve("guides.adoc"))) {
            reference.add(GuidesPage.of(asciidoc.convert(docs.resolve("guides.adoc")), parts, findings));
        }
        if (isThere(docs.resolve("grading.adoc"))) {
            reference.add(ProsePage.grading(asciidoc.convert(docs.resolve("grading.adoc"))));
        }
        var contents = new Contents(IndexPage.of(asciidoc.convert(docs.resolve("index.adoc")), parts, experiment()), parts, List.copyOf(reference));
        var links = SourceLinks.of(home);
        contents.pages().forEach(links::rewrite);
        var site = Site.of(contents, home.root().resolve("engine/book/theme"));
        findings.addAll(0, asciidoc.findings());
        findings.addAll(vocabulary.findings());
        findings.addAll(LinkCheck.of(site));
        return new Built(site, List.copyOf(findings));
    }

    /** What the first page shows of the course. */
    private List<Output> experiment() throws IOException {
        return Recording.read(home.lesson("05").recording()).flatMap(recording -> recording.step("ten-posts")).map(Recording.Step::outputs).orElse(List.of());
    }

    private Contents.Part part(Lesson lesson) throws IOException {
        var recording = Recording.read(lesson.recording());
        var page = LessonPage.of(lesson, asciidoc.convert(lesson.prose()), recording, findings);
        findings.addAll(StepCheck.of(lesson, page, recording));
        NewWords.add(page, lesson, vocabulary);
        var exercises = new ArrayList<BookPage>();
        for (var exercise : home.exercises(lesson)) {
            var task = exercise.task();
            if (isThere(task)) {
                exercises.add(ExercisePage.of(exercise, asciidoc.convert(task), page, findings));
                if (MutantScores.of(exercise).isEmpty()) {
                    findings.add(new Finding(ClonePaths.of(home, MutantScores.file(lesson)), "has no score of exercise " + exercise.id() + " as it is now",
                        "Run ./jbang record --mutants " + lesson.number() + " and commit the result."));
                }
            }
        }
        return new Contents.Part(lesson, page, List.copyOf(exercises));
    }

    /** A folder without prose has no page; the rest of the book is built all the same. */
    private boolean isThere(Path prose) {
        if (Files.notExists(prose)) {
            findings.add(new Finding(ClonePaths.of(home, prose), "is missing", "Write it, or remove the folder."));
        }
        return Files.exists(prose);
    }
}
