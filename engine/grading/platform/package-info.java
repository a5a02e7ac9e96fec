/** Verdicts in the formats of learning platforms. Start with {@link grading.platform.Platform}. */
package grading.platform;
