/** The exercises of a lesson as its page shows them. Start with {@link browser.exercise.Exercises}. */
package browser.exercise;
