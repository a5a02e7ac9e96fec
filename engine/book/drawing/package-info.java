/** Outputs as HTML. Start with {@link book.drawing.HtmlDrawing}. */
package book.drawing;
