/** Verdicts in the formats of learning platforms. Start with {@link grading.platform.LearningPlatform}. */
package grading.platform;
