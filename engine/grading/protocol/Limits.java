package grading.protocol;

import java.time.Duration;

/**
 * What an answer may use.
 *
 * @param check    for one check
 * @param total    for compiling and all checks together
 * @param heapMb   of the worker that runs the answer
 * @param isolated whether the answer is somebody else's: the worker is a {@link jvm.IsolatedJvm} then
 */
public record Limits(Duration check, Duration total, int heapMb, boolean isolated) {
    public static final Limits USUAL = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 256, false);

    /** Output of a check that is kept and shown, in bytes; the rest is counted. */
    public static final int OUTPUT_KEPT = 64 * 1024;

    /** Output of a verification after which printing itself is refused, in bytes. */
    public static final int OUTPUT_ALLOWED = 8 * 1024 * 1024;

    /** The same for an answer of somebody else. */
    public Limits forOthers() {
        return new Limits(check, total, heapMb, true);
    }
}
