package book.words;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;

/** A lesson's program as far as words are concerned: what it declares beside {@code main}, and what it calls in which step. */
record LessonCode(Lesson lesson, List<JavaSource.Declared> declared, List<JavaSource.Call> calls, List<Region> cells) {

    static Optional<LessonCode> of(Lesson lesson) {
        if (Files.notExists(lesson.program())) {
            return Optional.empty();
        }
        var source = JavaSource.of(lesson.program());
        var program = "lesson" + lesson.number();
        var declared = source.declarations().stream().filter(one -> one.type().equals(program) && !one.name().equals("main")).toList();
        var cells = Program.regions(lesson.program()).stream().filter(region -> region.language().equals("java")).toList();
        return Optional.of(new LessonCode(lesson, declared, source.calls(), cells));
    }

    /** The names that mean something of this program's own, whatever they mean elsewhere. */
    Set<String> ownNames() {
        return declared.stream().map(JavaSource.Declared::name).collect(Collectors.toSet());
    }

    /** The step in whose cell a line stands. */
    Optional<String> step(int line) {
        return cells.stream().filter(cell -> line >= cell.line() && line < cell.line() + cell.source().lines().count())
            .map(Region::id).findFirst();
    }

    /** Where a name is used: the first time in a cell, else the first time at all. */
    Optional<Word.Use> firstUse(String name) {
        var uses = calls.stream().filter(call -> call.bare() && call.name().equals(name))
            .map(call -> new Word.Use(lesson, step(call.line()), call.statement())).toList();
        return uses.stream().filter(use -> use.step().isPresent()).findFirst().or(() -> uses.stream().findFirst());
    }
}
