package lesson;

/**
 * The part of a program that a step shows.
 *
 * @param id       the step's name
 * @param language java, sql or shell
 * @param source   the code without its common indentation and without the lines that carry tags
 * @param line     where it starts in the program, 1-based
 */
public record Region(String id, String language, String source, int line) { }
