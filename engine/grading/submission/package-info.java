/** Answers in one file that anyone can check again. Start with {@link grading.submission.SubmissionWriter}. */
package grading.submission;
