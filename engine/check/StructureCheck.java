package check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lesson.Exercise;
import lesson.Home;
import lesson.Lesson;

/** The clone holds what the course is made of, and nothing else. */
final class StructureCheck {
    private static final Set<String> TOP = Set.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "NOTICES.md", "LICENSE", "LICENSE-TEXT", "jbang",
        "jbang.cmd", "jbang-catalog.json", "pom.xml", ".editorconfig", ".gitattributes", ".gitignore", ".git", ".github", ".devcontainer",
        ".ci", ".course", "lessons", "exercises", "solutions", "verify", "docs", "engine", "submissions", "target");

    private StructureCheck() { }

    static List<Result> of(Home home) throws IOException {
        var results = new ArrayList<>(List.of(
            Result.of("no stray file at the top", strays(home.root(), TOP)),
            Result.of("lessons hold a program and its prose, and nothing else", lessons(home)),
            Result.of("programs close their tags, migrate at their end, and fit into the book", LessonFormatCheck.complaints(home)),
            Result.of("README.md has a row for each lesson", ReadmeCheck.complaints(home)),
            Result.of("exercises, solutions and verifiers mirror each other", exercises(home)),
            Result.of("lessons, answers and mutants are recorded", unrecorded(home)),
            Result.of("programs of other tools are recorded as they are", ToolCheck.unrecorded(home)),
            Result.of("recorded plans have titles where there are several, and recorded charts two named axes", RecordingCheck.complaints(home)),
            Result.of("the catalog names every lesson and every command once, each with its program", AliasCheck.complaints(home)),
            CommandCheck.of(home, "the list of sources in the programs is complete", "engine/sources.sh", "--check"),
            Result.of("pom.xml has the versions of engine/Course.java", PomCheck.differences(home)),
            Result.of("NOTICES.md names each library", NoticesCheck.complaints(home))));
        results.addAll(PackageCheck.of(home));
        return results;
    }

    private static List<String> strays(Path folder, Set<String> known) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of(folder + " is missing");
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> !known.contains(entry.getFileName().toString())).sorted()
                .map(stray -> stray + " does not belong there; remove it, or tell check.StructureCheck of it").toList();
        }
    }

    private static List<String> lessons(Home home) throws IOException {
        var complaints = new ArrayList<>(strays(home.root().resolve("lessons"), ids(home)));
        for (var lesson : home.lessons()) {
            var stem = "lesson" + lesson.number();
            complaints.addAll(strays(lesson.folder(),
                Set.of(stem + ".java", stem + ".adoc", stem + ".out", "migrations", "sql", "elsewhere", "service", "spring")));
            for (var file : List.of(lesson.program(), lesson.prose())) {
                if (!Files.exists(file)) {
                    complaints.add(file + " is missing");
                }
            }
        }
        return complaints;
    }

    private static List<String> unrecorded(Home home) {
        var complaints = new ArrayList<String>();
        home.lessons().stream().filter(lesson -> Files.notExists(lesson.recording())).forEach(lesson ->
            complaints.add(lesson.recording() + " is missing; run `./jbang record " + lesson.number() + "`"));
        complaints.addAll(ExerciseCheck.unrecorded(home));
        complaints.addAll(MutantCheck.unrecorded(home));
        return complaints;
    }

    private static Set<String> ids(Home home) {
        return home.lessons().stream().map(Lesson::id).collect(Collectors.toSet());
    }

    private static List<String> exercises(Home home) throws IOException {
        var complaints = new ArrayList<String>();
        for (var lesson : home.lessons()) {
            var exercises = home.exercises(lesson);
            var folders = exercises.stream().map(Exercise::folderName).collect(Collectors.toCollection(TreeSet::new));
            for (var top : List.of("exercises", "solutions")) {
                complaints.addAll(strays(home.root().resolve(top).resolve(lesson.id()), folders));
            }
            complaints.addAll(verifiers(home.root().resolve("verify").resolve(lesson.id()), exercises, folders));
            exercises.forEach(exercise -> complaints.addAll(mirrors(exercise)));
        }
        return complaints;
    }

    private static List<String> verifiers(Path folder, List<Exercise> exercises, Set<String> folders) throws IOException {
        var complaints = new ArrayList<>(strays(folder, verifierFiles(exercises)));
        for (var kind : List.of("wrong", "right", "starter")) {
            if (Files.isDirectory(folder.resolve(kind))) {
                complaints.addAll(strays(folder.resolve(kind), folders));
            }
        }
        if (Files.isDirectory(folder.resolve("equivalent"))) {
            complaints.addAll(strays(folder.resolve("equivalent"), folders.stream().map(name -> name + ".txt").collect(Collectors.toSet())));
        }
        exercises.stream().map(Exercise::verifier).filter(Files::notExists)
            .forEach(missing -> complaints.add(missing + " is missing"));
        return complaints;
    }

    private static Set<String> verifierFiles(List<Exercise> exercises) {
        var known = new TreeSet<>(Set.of("wrong", "right", "starter", "equivalent", "mutants.out", "answers.sums"));
        exercises.forEach(exercise -> {
            known.add(exercise.verifierClass() + ".java");
            exercise.preparation().ifPresent(sql -> known.add(sql.getFileName().toString()));
        });
        return known;
    }

    private static List<String> mirrors(Exercise exercise) {
        var wanted = names(exercise.folder());
        var complaints = new ArrayList<String>();
        if (!Files.exists(exercise.task())) {
            complaints.add(exercise.folder() + " has no " + Exercise.TASK);
        }
        for (var mirror : List.of(exercise.solution(), exercise.starter())) {
            if (!names(mirror).equals(wanted)) {
                complaints.add(mirror + " holds " + names(mirror) + ", the exercise " + wanted);
            }
        }
        return complaints;
    }

    private static List<String> names(Path folder) {
        return Exercise.answerFiles(folder).stream().map(file -> file.getFileName().toString()).toList();
    }
}
