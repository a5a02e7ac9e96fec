package book.words;

import book.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** What the words give and a lesson works with: types by the file in which they are declared. */
    private static final Map<String, String> TYPES = ordered("Session", "engine/script/Session.java", "Login", "engine/lab/Login.java",
        "Database", "engine/lab/Database.java", "Redis", "engine/lab/redis/Redis.java", "Plan", "engine/kernel/output/Output.java",
        "Node", "engine/kernel/output/Output.java");

    private final List<LessonCode> lessons;
    private final List<Word> words;
    private final Map<Word, List<Word>> types = new LinkedHashMap<>();
    private final Map<Lesson, List<Word>> own = new LinkedHashMap<>();

    private Vocabulary(Path root, List<LessonCode> lessons) {
        this.lessons = lessons;
        this.words = shared(JavaSource.of(root.resolve(SCRIPT)));
        TYPES.forEach((type, file) -> addType(type, JavaSource.of(root.resolve(file)).declarations()));
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
        var byName = new LinkedHashMap<String, List<JavaSource.Declared>>();
        script.declarations().stream().filter(one -> one.type().equals("Script"))
            .forEach(one -> byName.computeIfAbsent(one.name(), none -> new ArrayList<>()).add(one));
        return byName.values().stream().map(several -> word(several, several.getFirst().name(), groups.at(several.getFirst().line())))
            .filter(word -> word.first().isPresent()).toList();
    }

    /** Which of the calls in a lesson is one of this type's methods a parser does not know; a name is good enough to leave out the rest. */
    private void addType(String type, List<JavaSource.Declared> declared) {
        var called = lessons.stream().flatMap(code -> code.calls().stream()).filter(call -> !call.bare()).map(JavaSource.Call::name)
            .collect(Collectors.toSet());
        var methods = declared.stream().filter(one -> one.type().equals(type) && !one.isStatic() && !one.doc().isEmpty() && called.contains(one.name()))
            .map(one -> new Word(one.name(), type + "." + one.name(), type, List.of(one.signature()), one.doc(), Optional.empty())).toList();
        declared.stream().filter(one -> one.name().equals(type)).findFirst()
            .ifPresent(one -> types.put(word(List.of(one), type, "types"), methods));
    }

    private List<Word> own(LessonCode code) {
        return code.declared().stream().map(one -> new Word(one.name(), code.lesson().number() + "-" + one.name(), "", List.of(one.signature()),
                one.doc(), code.firstUse(one.name()))).filter(word -> word.first().flatMap(Word.Use::step).isPresent()).toList();
    }

    private Word word(List<JavaSource.Declared> several, String anchor, String group) {
        var name = several.getFirst().name();
        var uses = lessons.stream().filter(code -> !code.ownNames().contains(name)).map(code -> code.firstUse(name)).flatMap(Optional::stream).toList();
        var doc = several.stream().map(JavaSource.Declared::doc).distinct().reduce("", String::concat);
        return new Word(name, anchor, group, several.stream().map(JavaSource.Declared::signature).toList(), doc,
            uses.stream().filter(use -> use.step().isPresent()).findFirst().or(() -> uses.stream().findFirst()));
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
