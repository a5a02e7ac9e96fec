/**
 * The terminal itself: keys, Ctrl-C, lines. {@link terminal.screen.Screen} is the only class that asks JLine for keys and lines.
 */
package terminal.screen;
