package book;

import static book.drawing.HtmlElement.tag;
import book.drawing.HtmlElement;
import java.util.List;
import kernel.output.Numbers;
import lesson.Exercise;
import lesson.MutantScores;
import lesson.VerifierChecks;
import org.jsoup.nodes.Element;

/** An exercise as a page: the task, the files to edit, how to check them, and the hints folded away. */
public final class ExercisePage {
    private ExercisePage() { }

    /** The page, and what is wrong with its task added to {@code findings}. */
    public static BookPage of(Exercise exercise, ConvertedPage converted, BookPage lesson, List<Finding> findings) {
        var body = CleanHtml.of(converted.html());
        StrayMarks.of(body, converted, findings);
        var main = new Element("main").addClass("exercise").attr("data-exercise", exercise.id());
        main.appendElement("h1").text(converted.title());
        main.append(where(exercise, lesson).toString());
        var preamble = body.selectFirst("> div#preamble > div.sectionbody");
        var opening = preamble != null ? preamble : body.selectFirst("> div.sect1") == null ? body : new Element("div");
        List.copyOf(opening.childNodes()).forEach(main::appendChild);
        body.select("> div.sect1").forEach(section -> main.append("\n").appendChild(section(section)));
        if (main.select("details.hint").size() < 2) {
            findings.add(new Finding(converted.source(), "exercise " + exercise.id() + " has fewer than two hints",
                "End it with [#hint-1] == Hint 1 (where to look) and [#hint-2] == Hint 2 (how to do it)."));
        }
        promises(exercise, main);
        trust(exercise, main);
        return new BookPage(path(exercise), converted.source(), converted.title(), "", main);
    }

    /** Where its page stands in docs/: "exercises/02-1-bounded-pool.html". */
    static String path(Exercise exercise) {
        return "exercises/" + exercise.lesson().number() + "-" + exercise.folderName() + ".html";
    }

    private static HtmlElement where(Exercise exercise, BookPage lesson) {
        var list = HtmlElement.classed("dl", "facts", tag("dt", "Lesson"),
            tag("dd", tag("a", lesson.title()).with("href", "../" + lesson.path())), tag("dt", "Edit"));
        Exercise.answerFiles(exercise.folder()).forEach(file -> list.add(tag("dd", tag("code", ClonePaths.of(exercise.lesson().home(), file)))));
        return list.add(tag("dt", "Check"), tag("dd", tag("kbd", "./jbang verify " + exercise.id() + " --watch")));
    }

    /** Each promise of the task, the bullet that begins with its id, has the checks beside it that look at it. */
    private static void promises(Exercise exercise, Element main) {
        var checks = VerifierChecks.of(exercise);
        for (var anchor : main.select("li a[id]:not([href])")) {
            var bullet = anchor.closest("li");
            bullet.attr("id", anchor.id());
            anchor.remove();
            var sentences = checks.stream().filter(check -> check.promises().contains(bullet.id())).map(VerifierChecks.Check::sentence).toList();
            if (!sentences.isEmpty()) {
                bullet.append(HtmlElement.classed("small", "checks", "Checked: " + String.join("; ", sentences) + ".").toString());
            }
        }
    }

    /** What its verifier is known to refuse; what was recorded of another solution or verifier says nothing. */
    private static void trust(Exercise exercise, Element main) {
        MutantScores.of(exercise).ifPresent(score -> {
            var wrong = exercise.answers("wrong").size();
            main.attr("data-wrong", Integer.toString(wrong)).attr("data-killed", Integer.toString(score.killed()))
                .attr("data-mutants", Integer.toString(score.total())).attr("data-equivalent", Integer.toString(score.equivalent()));
            main.append("\n").append(HtmlElement.classed("p", "trust", "The verifier refuses " + score.killed() + " of "
                + Numbers.counted(score.total(), "mutant") + " of the solution, and " + Numbers.counted(wrong, "answer")
                + " that somebody could believe in. ", tag("a", "What that means").with("href", "../index.html#trust")).toString());
        });
    }

    private static Element section(Element section) {
        var heading = section.selectFirst("> h2");
        var body = section.selectFirst("> div.sectionbody");
        body.select("div.sect2, div.sect3").forEach(Element::unwrap);
        boolean hint = heading.id().startsWith("hint-");
        var part = new Element(hint ? "details" : "section").addClass(hint ? "hint" : "prose").attr("id", heading.id());
        part.appendElement(hint ? "summary" : "h2").html(heading.html());
        List.copyOf(body.childNodes()).forEach(part::appendChild);
        return part;
    }
}
