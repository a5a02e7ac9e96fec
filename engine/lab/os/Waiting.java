package lab.os;

import lab.LabException;

/** Short naps between two looks. */
public final class Waiting {
    private static final int NAP_MS = 2;

    private Waiting() { }

    public static void briefly() {
        try {
            Thread.sleep(NAP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for PostgreSQL", e);
        }
    }
}
