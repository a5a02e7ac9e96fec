/** The prompts for SQL and Java, and a step run again. Start with {@link terminal.prompt.Prompts}. */
package terminal.prompt;
