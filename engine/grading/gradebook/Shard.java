package grading.gradebook;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import lesson.Hashes;
import lesson.UnknownName;

/** A part of the submissions, for one machine of several: the third of eight. Which one a file belongs to depends on its name alone. */
public record Shard(int index, int count) {
    private static final Pattern WORD = Pattern.compile("([1-9]\\d{0,3})[/-]([1-9]\\d{0,3})");

    /** "3/8". @throws UnknownName where that is none */
    public static Shard of(String word) {
        var parts = WORD.matcher(word);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > Integer.parseInt(parts.group(2))) {
            throw new UnknownName(word + " is no shard; say 3/8 for the third of eight");
        }
        return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Whether this file is to be judged here. */
    public boolean holds(HandedIn file) {
        var hash = Hashes.of(file.name().getBytes(StandardCharsets.UTF_8));
        return Long.parseLong(hash.substring(0, 15), 16) % count == index - 1;
    }

    @Override public String toString() {
        return index + "/" + count;
    }
}
