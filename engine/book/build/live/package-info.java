/**
 * What of the engine goes with the published book: compiled to JavaScript, it reads and draws a cell in the reader's browser as it does
 * here. It may use only what such a compiler knows of Java, so no reflection, no files, no JDBC. Start with {@link book.build.live.Live}.
 */
package book.build.live;
