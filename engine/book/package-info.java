/**
 * The book: lessons and exercises as static pages that need no server.
 *
 * <p>Start with {@link book.drawing.HtmlDrawing}, which draws every {@link kernel.output.Output} as HTML, and {@link book.LessonPage},
 * which gives a lesson's prose its fixed shape: question, code, recorded result, meaning. {@link book.PageTemplate} puts a page
 * into {@code theme/page.html}; {@link book.Site} is all files of the book, to be written or compared.
 * {@code book/words} explains the words of the lessons' code, {@code book/guides} says which step tries what guides say.
 * {@link book.LinkCheck} and {@link book.StepCheck} say what is wrong with it as {@link book.Finding}s.
 *
 * <p>Only {@code book/build} knows AsciidoctorJ and the HTML validator: they cost seconds to load and belong to
 * {@code ./jbang docs} alone.
 */
package book;
