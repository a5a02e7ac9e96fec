package grading.gradebook;

import java.util.regex.Pattern;
import kernel.output.VisibleText;

/**
 * Who has handed in. A submission does not say, so it is whom the roster finds in the file's name, else that name.
 *
 * @param id    as the school has it; empty where the roster does not say
 * @param email empty where the roster does not say
 */
public record Learner(String id, String name, String email) {
    /** "-2026-11-30-101500" is what {@code submit} calls a file; the others are what Moodle and Canvas put behind a name. */
    private static final Pattern ADDED = Pattern.compile("(?i)_\\d+_assignsubmission_.*$|(_late)?_\\d+_\\d+(_.*)?$|[-_. ]*\\d{4}-\\d\\d-\\d\\d-\\d{6}(-\\d+)?$");

    /** The one that the roster does not have. */
    static Learner named(String file) {
        return new Learner("", VisibleText.of(nameIn(file)), "");
    }

    /** "anna" of "anna-2026-11-30-101500.zip", "anna.zip" and "anna/whatever.zip". */
    static String nameIn(String file) {
        var slash = file.indexOf('/');
        var whole = slash < 0 ? file.replaceFirst("(?i)\\.zip$", "") : file.substring(0, slash);
        var name = ADDED.matcher(whole).replaceFirst("");
        return name.isBlank() ? whole : name;
    }

    /** The name of a file about this learner, which no other has. */
    String fileName() {
        return FileNames.of(name, 40, id + "\n" + name + "\n" + email) + ".html";
    }
}
