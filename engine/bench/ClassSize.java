package bench;

import lesson.UnknownName;

/** How many submissions are graded, of how many exercises each. */
public record ClassSize(int submissions, int exercises) {
    /** What is measured where nobody says otherwise: it takes minutes. The targets are for a hundred of ten. */
    public static final ClassSize USUAL = new ClassSize(4, 4);

    /** @param word 100x10 @throws UnknownName where it is none */
    public static ClassSize of(String word) {
        if (!word.matches("[1-9]\\d{0,3}x[1-9]\\d?")) {
            throw new UnknownName("--class " + word + " is no size; 100x10 is a hundred submissions of ten exercises");
        }
        var numbers = word.split("x");
        return new ClassSize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
