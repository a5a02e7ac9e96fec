/**
 * Judges the exercises themselves: the starter fails, right answers pass, wrong ones are refused. Start with
 * {@link grading.selftest.ExerciseSelfTest}.
 */
package grading.selftest;
