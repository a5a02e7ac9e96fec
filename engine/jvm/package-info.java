/**
 * Child JVMs: how one is started like this one, with the AOT cache that was trained for it, how it ends with this one, and how
 * the two talk so that nobody else can.
 *
 * <p>Start with {@link jvm.ChildJvm}. There are two ways to talk. {@link jvm.Frame} is for a connection that only the two
 * programs have. {@link jvm.MessageLines} is for a stream to which others write as well, as an untrusted answer does to its
 * JVM's output. {@link jvm.IsolatedJvm} is a child for an answer of somebody else. The fields of a message are written by {@link jvm.FieldWriter} and read by {@link
 * jvm.FieldReader} either way.
 */
package jvm;
