package lab.os;

import lab.LabException;

/** Short waits between two looks. */
public final class Waiting {
    private static final int WAIT_MS = 2;

    private Waiting() { }

    /**
     * Waits two milliseconds.
     *
     * @throws LabException where the thread is interrupted; its interrupt status is set again
     */
    public static void briefly() {
        try {
            Thread.sleep(WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting", e);
        }
    }
}
