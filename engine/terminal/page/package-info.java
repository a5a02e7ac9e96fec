/** The text of a lesson, taken from its generated page. Start with {@link terminal.page.LessonPrinter}. */
package terminal.page;
