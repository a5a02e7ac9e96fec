/** What host and worker both know: the messages between them, and what an answer may use. */
package grading.protocol;
