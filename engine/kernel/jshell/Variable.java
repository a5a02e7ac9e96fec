package kernel.jshell;

/**
 * A variable that the cells have declared.
 *
 * @param type as it stands in source code
 */
public record Variable(String name, String type) { }
