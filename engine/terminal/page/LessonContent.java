package terminal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lesson.Lesson;
import lesson.Page;
import lesson.Page.Section;
import lesson.Program;
import lesson.Region;
import org.jsoup.nodes.Element;

/** A lesson in its reading order: the code from its program, the prose from its page. */
public record LessonContent(Page page, List<Region> regions) {

    /** Reads the page and the program; without a page the content is the program alone. */
    public static LessonContent of(Lesson lesson) {
        return new LessonContent(Page.of(lesson), Program.regions(lesson.program()));
    }

    boolean hasPage() {
        return !page.sections().isEmpty();
    }

    int position(String step) {
        return regions.stream().map(Region::id).toList().indexOf(step) + 1;
    }

    /** Whether no step follows. */
    public boolean isLast(String step) {
        return position(step) == regions.size();
    }

    /** The step before, if there is one. */
    public Optional<String> before(String step) {
        return Optional.of(position(step) - 2).filter(i -> i >= 0).map(i -> regions.get(i).id());
    }

    /** The step's code in the program. */
    public Optional<Region> region(String step) {
        return regions.stream().filter(region -> region.id().equals(step)).findFirst();
    }

    Optional<Section.Step> step(String step) {
        return page.sections().stream().filter(Section.Step.class::isInstance).map(Section.Step.class::cast)
            .filter(section -> section.id().equals(step)).findFirst();
    }

    /** The question in short, where the last paragraph in front of the code asks one or wants a prediction. */
    static Optional<String> question(Section.Step step) {
        return step.question().select("p").eachText().stream().reduce((before, last) -> last).filter(text -> text.contains("?"));
    }

    /** The prose that stands between the step before and this one. */
    public List<Section.Prose> leadingTo(String step) {
        var prose = new ArrayList<Section.Prose>();
        for (var section : page.sections()) {
            switch (section) {
                case Section.Step found when found.id().equals(step) -> { return prose; }
                case Section.Step other -> prose.clear();
                case Section.Prose text -> prose.add(text);
            }
        }
        return List.of();
    }

    /** The prose after the last step. */
    public List<Section.Prose> closing() {
        var prose = new ArrayList<Section.Prose>();
        for (var section : page.sections()) {
            switch (section) {
                case Section.Step step -> prose.clear();
                case Section.Prose text -> prose.add(text);
            }
        }
        return prose;
    }

    /** The step's code on the page, with its colours, unless the program has moved on since the page was made. */
    Optional<Element> freshCode(String step) {
        var source = region(step).map(Region::source).map(LessonContent::squeezed);
        return step(step).map(Section.Step::code).filter(code -> source.filter(squeezed(withoutMarks(code))::equals).isPresent());
    }

    private static String withoutMarks(Element code) {
        var copy = code.clone();
        copy.select(".conum, .conum + b").remove();
        return copy.wholeText();
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
