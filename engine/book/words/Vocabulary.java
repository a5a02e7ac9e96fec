package book.words;

import book.Finding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson.Home;
import lesson.Lesson;

/**
 * All words that a reader of the lessons' code meets: those of {@code script.Script}, the methods of what these give, and
 * what each program declares below its {@code main}.
 */
public final class Vocabulary {
    static final String SCRIPT = "engine/script/Script.java";

    /** What the words give and a lesson works with. */
    private static final List<String> TYPES = List.of("engine/script/Session.java#Session", "engine/lab/Login.java#Login",
        "engine/lab/Database.java#Database", "engine/lab/redis/Redis.java#Redis",
        "engine/kernel/output/Output.java#Plan", "engine/kernel/output/Output.java#Node");

    private final List<LessonCode> lessons;
    private final List<Word> words;
    private final Map<Word, List<Word>> types = new LinkedHashMap<>();
    private final Map<Lesson, List<Word>> own = new LinkedHashMap<>();

    private Vocabulary(Path root, List<LessonCode> lessons) {
        this.lessons = lessons;
        this.words = shared(JavaSource.of(root.resolve(SCRIPT)));
        TYPES.stream().map(type -> type.split("#")).forEach(type -> addType(type[1], JavaSource.of(root.resolve(type[0])).declarations()));
        lessons.forEach(code -> own.put(code.lesson(), own(code)));
    }

    /** Reads the words of a clone's lessons. */
    public static Vocabulary of(Home home) {
        return of(home, home.root());
    }

    /** @param root of the clone with the engine's sources */
    static Vocabulary of(Home home, Path root) {
        return new Vocabulary(root, home.lessons().stream().map(LessonCode::of).flatMap(Optional::stream).toList());
    }

    /** The words of all lessons in the order of {@code script.Script}; one that no lesson uses is none. */
    List<Word> words() {
        return words;
    }

    /** Types, each with those of its methods that lessons use. */
    Map<Word, List<Word>> types() {
        return types;
    }

    /** What a lesson declares for itself and shows in its cells. */
    List<Word> own(Lesson lesson) {
        return own.getOrDefault(lesson, List.of());
    }

    /** The words that each step of a lesson is the first to use there, by the step. */
    Map<String, Set<Word>> newIn(Lesson lesson) {
        var known = new LinkedHashMap<String, Word>();
        Stream.of(words, types.keySet(), own(lesson)).flatMap(some -> some.stream()).forEach(word -> known.put(word.name(), word));
        var fresh = new LinkedHashMap<String, Set<Word>>();
        lessons.stream().filter(code -> code.lesson().equals(lesson)).forEach(code -> code.calls().stream().filter(JavaSource.Call::bare)
            .forEach(call -> code.step(call.line()).filter(step -> known.containsKey(call.name()))
                .ifPresent(step -> fresh.computeIfAbsent(step, none -> new LinkedHashSet<>()).add(known.remove(call.name())))));
        return fresh;
    }

    /** Words that stand in a cell, and whose source does not say what they mean. */
    public List<Finding> findings() {
        var all = Stream.concat(words.stream(), Stream.concat(types.keySet().stream(), own.values().stream().flatMap(List::stream)));
        return all.filter(word -> word.doc().isEmpty()).flatMap(word -> word.first().stream().map(use -> new Finding(
            "lessons/" + use.lesson().id() + "/" + use.lesson().program().getFileName(),
            "nobody says what `" + word.name() + "` means, which step \"" + use.step().orElse("") + "\" uses",
            "Give " + word.signatures().getFirst() + " a docstring; the book's page of words shows it."))).toList();
    }

    private List<Word> shared(JavaSource script) {
        var groups = new Groups(script.lines());
        return byName(script.declarations().stream().filter(one -> one.type().equals("Script")))
            .map(several -> Word.of(several, several.getFirst().name(), groups.at(several.getFirst().line()), firstUse(several.getFirst().name())))
            .filter(word -> word.first().isPresent()).toList();
    }

    /** Which of the calls in a lesson is one of this type's methods a parser does not know; a name is good enough to leave out the rest. */
    private void addType(String type, List<JavaSource.Declared> declared) {
        var called = lessons.stream().flatMap(code -> code.calls().stream()).filter(call -> !call.bare()).map(JavaSource.Call::name)
            .collect(Collectors.toSet());
        var methods = byName(declared.stream().filter(one -> one.type().equals(type) && !one.isStatic() && !one.doc().isEmpty()))
            .filter(several -> called.contains(several.getFirst().name()))
            .map(several -> Word.of(several, type + "." + several.getFirst().name(), type, Optional.empty())).toList();
        declared.stream().filter(one -> one.name().equals(type)).findFirst()
            .ifPresent(one -> types.put(Word.of(List.of(one), type, "types", firstUse(type)), methods));
    }

    private static List<Word> own(LessonCode code) {
        return byName(code.declared().stream()).map(several -> Word.of(several, code.lesson().number() + "-" + several.getFirst().name(), "",
            code.firstUse(several.getFirst().name()))).filter(word -> word.first().flatMap(Word.Use::step).isPresent()).toList();
    }

    /** Methods of one name are one word. */
    private static Stream<List<JavaSource.Declared>> byName(Stream<JavaSource.Declared> declared) {
        return declared.collect(Collectors.groupingBy(JavaSource.Declared::name, LinkedHashMap::new, Collectors.toList())).values().stream();
    }

    /** In a cell, else around the cells; a name that a program gives a meaning of its own does not count there. */
    private Optional<Word.Use> firstUse(String name) {
        var uses = lessons.stream().filter(code -> !code.ownNames().contains(name)).map(code -> code.firstUse(name)).flatMap(Optional::stream).toList();
        return uses.stream().filter(use -> use.step().isPresent()).findFirst().or(() -> uses.stream().findFirst());
    }
}
