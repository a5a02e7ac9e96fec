/** Outputs as lines of text. Start with {@link terminal.drawing.TextDrawing}. */
package terminal.drawing;
