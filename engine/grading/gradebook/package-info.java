/** Many submissions, judged one after the other or side by side, and what came of them for whoever teaches. Start with {@link grading.gradebook.GradingRun}. */
package grading.gradebook;
