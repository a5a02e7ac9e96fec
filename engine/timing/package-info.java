/**
 * When something began and how far it came: notes for {@code bench} and for whoever looks for lost time. Off unless asked for.
 */
package timing;
