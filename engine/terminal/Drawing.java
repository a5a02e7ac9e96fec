package terminal;

import kernel.Output;

/** Outputs as lines of text. */
final class Drawing {
    private Drawing() { }

    static String text(Output output) {
        return output.toString();
    }
}
