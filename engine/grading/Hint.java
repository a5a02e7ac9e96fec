package grading;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The hint to offer when this check fails; 1 is the first of the exercise. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Hint {
    /** @return the number in the id of the hint, hint-1 or hint-2 */
    int value();
}
