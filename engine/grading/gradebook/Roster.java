package grading.gradebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import kernel.output.VisibleText;
import lesson.UnknownName;

/** Who is in the class: a table of id, name and e-mail. */
public record Roster(List<Learner> learners) {
    public static final Roster NONE = new Roster(List.of());

    /** @throws UnknownName where a line of the file lacks id or name, or an id comes twice */
    public static Roster of(Path file) {
        try {
            var rows = Csv.read(Files.readString(file));
            var lines = !rows.isEmpty() && rows.getFirst().getFirst().equalsIgnoreCase("id") ? rows.subList(1, rows.size()) : rows;
            var learners = lines.stream().map(row -> learner(file, row)).toList();
            learners.stream().map(Learner::id).filter(id -> learners.stream().filter(one -> one.id().equalsIgnoreCase(id)).count() > 1).findFirst().ifPresent(id -> {
                throw new UnknownName(file + " has the id " + VisibleText.of(id) + " more than once");
            });
            return new Roster(learners);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the roster " + file, e);
        }
    }

    private static Learner learner(Path file, List<String> row) {
        if (row.size() < 2 || row.get(0).isEmpty() || row.get(1).isEmpty()) {
            throw new UnknownName(file + ": " + VisibleText.of(String.join(",", row)) + " is no line of a roster, which has id, name and e-mail");
        }
        return new Learner(VisibleText.of(row.get(0)), VisibleText.of(row.get(1)), row.size() > 2 ? VisibleText.of(row.get(2)) : "");
    }

    /** Whom a file's name means: by id, e-mail or name. Where that is nobody, or more than one, it is the name. */
    Learner of(String file) {
        var name = Learner.nameIn(file);
        var exact = learners.stream().filter(one -> isNamed(one, name)).toList();
        var words = List.of(file.toLowerCase(Locale.ROOT).replaceFirst("\\.zip$", "").split("[_/ ]"));
        var meant = exact.isEmpty() ? learners.stream().filter(one -> words.contains(lower(one.id())) || words.contains(lower(one.email()))).toList() : exact;
        return meant.size() == 1 ? meant.getFirst() : Learner.named(file);
    }

    private static boolean isNamed(Learner one, String name) {
        return name.equalsIgnoreCase(one.id()) || name.equalsIgnoreCase(one.email()) || letters(name).equals(letters(one.name()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String letters(String name) {
        return lower(name).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
