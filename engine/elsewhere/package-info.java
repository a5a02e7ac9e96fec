/**
 * What a lesson says of other tools is run, too: small programs in {@code lessons/NN-topic/elsewhere}, in JavaScript, Python,
 * shell or Java with libraries of their own, which the course itself does not have.
 *
 * <p>Start with {@link elsewhere.ToolProgram}, one of them; {@link elsewhere.ToolRun} runs it on a database of its own.
 */
package elsewhere;
