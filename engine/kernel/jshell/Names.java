package kernel.jshell;

import java.util.Set;

/**
 * What a piece of Java has to do with its neighbours.
 *
 * @param defines names of variables, methods and types that stay behind
 * @param uses    names that it takes from elsewhere
 */
public record Names(Set<String> defines, Set<String> uses) { }
