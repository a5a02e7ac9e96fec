/**
 * The words of the lessons: what a reader meets in their code and finds neither in Java nor in JDBC. {@link book.words.Vocabulary}
 * reads them, and where each is used, from the sources; their docstrings are the one place where they are explained.
 * {@link book.words.WordsPage} is the book's page of them, {@link book.words.NewWords} leads there from the lessons.
 */
package book.words;
