package lesson;

import java.util.Comparator;
import java.util.List;

/** Something was asked for that is not there. The message names what is. */
public class UnknownName extends RuntimeException {
    private static final int NEAREST = 3;

    public UnknownName(String message) {
        super(message);
    }

    /** "there is no lesson 2x; did you mean 02, 01 or 03?" */
    public static UnknownName of(String kind, String asked, List<String> known) {
        if (known.isEmpty()) {
            return new UnknownName("there is no " + kind + " " + asked + "; there are none here at all");
        }
        var nearest = known.stream().sorted(Comparator.comparingInt(name -> farness(asked, name))).limit(NEAREST).toList();
        return new UnknownName("there is no " + kind + " " + asked + "; did you mean " + String.join(", ", nearest) + "?");
    }

    /** The word itself. @throws UnknownName where it is none of those that are known */
    public static String check(String kind, String word, List<String> known) {
        if (!known.contains(word)) {
            throw of(kind, word, known);
        }
        return word;
    }

    /** Whoever types a part of a name means that name. */
    private static int farness(String asked, String name) {
        return !asked.isBlank() && name.contains(asked) ? 0 : distance(asked, name);
    }

    /** Edit distance (Levenshtein 1966), two rows of its table. */
    static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                var change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
