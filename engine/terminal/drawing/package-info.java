/**
 * Every kind of output as lines of text. Start with {@link terminal.drawing.TextDrawing}.
 *
 * <p>Styles and widths are our own, though JLine has an {@code AttributedString}: these lines also go to pipes, where JLine
 * is not loaded otherwise, and its first use costs four times the processor time of ours (60 ms against 15, without an AOT
 * cache) before a lesson's first line. It also drops links (OSC 8) and breaks at columns only, not at words. Its table of
 * the widths of characters serves us as well.
 */
package terminal.drawing;
