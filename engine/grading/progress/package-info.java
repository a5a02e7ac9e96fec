/**
 * What a learner has done, and an exercise put back to its start. Start with {@link grading.progress.LearnerProgress}.
 */
package grading.progress;
