package grading.protocol;

import java.time.Duration;

/**
 * What an answer may use.
 *
 * @param check  for one check
 * @param total  for compiling and all checks together
 * @param heapMb of the worker that runs the answer
 */
public record Limits(Duration check, Duration total, int heapMb) {
    public static final Limits USUAL = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 256);

    /** Output of a check that is kept and shown, in bytes; the rest is counted. */
    public static final int OUTPUT_KEPT = 64 * 1024;

    /** Output of a verification after which printing itself is refused, in bytes. */
    public static final int OUTPUT_ALLOWED = 8 * 1024 * 1024;
}
