/** A verdict as data, for people and for machines. Start with {@link grading.report.Verdict}. */
package grading.report;
