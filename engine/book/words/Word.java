package book.words;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lesson.Lesson;

/**
 * Something that lessons call and that is not the JDK's, JDBC's or a library's.
 *
 * @param anchor     its place on the page of words
 * @param group      "reading plans", or the type whose method it is
 * @param signatures as they stand in its source, one each where it has several
 * @param doc        what it does, as HTML; empty where its source does not say
 * @param first      where a reader first meets it
 */
record Word(String name, String anchor, String group, List<String> signatures, String doc, Optional<Use> first) {
    static Word of(List<JavaSource.Declared> several, String anchor, String group, Optional<Use> first) {
        var doc = several.stream().map(JavaSource.Declared::doc).distinct().collect(Collectors.joining());
        return new Word(several.getFirst().name(), anchor, group, several.stream().map(JavaSource.Declared::signature).toList(), doc, first);
    }

    /**
     * A use in a lesson.
     *
     * @param step the step whose cell uses it; empty where only the program around the cells does
     * @param code the statement
     */
    record Use(Lesson lesson, Optional<String> step, String code) { }
}
