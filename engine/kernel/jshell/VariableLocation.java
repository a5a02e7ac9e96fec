package kernel.jshell;

/** Where the child keeps a variable: the class that JShell made for it, and the field. */
record VariableLocation(String className, String field) { }
