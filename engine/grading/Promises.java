package grading;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The promises of the task that this check looks at, by the ids of its bullets in {@code exercise.adoc}: {@code * [[finds-forms]]…}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Promises {
    String[] value();
}
