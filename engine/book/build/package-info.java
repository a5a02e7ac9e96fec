/**
 * Builds the book: {@link book.build.AsciiDoc} converts, {@link book.build.Builder} puts the pages together,
 * {@link book.build.Docs} is the command. Nothing outside of this room may know AsciidoctorJ or the HTML validator.
 */
package book.build;
