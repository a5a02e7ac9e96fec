/**
 * What is around the JVM in which somebody else's answers run. {@link grading.sandbox.Sandboxes} says which there are here, a
 * {@link grading.sandbox.Sandbox} makes an {@link grading.sandbox.Enclosure} for each JVM.
 *
 * <p>In an enclosure there is no network, and nothing of the clone, of the home folder and of the cache. What a verification
 * needs is lent, in a folder that can only be read there; the ports of its database are passed on by {@link
 * grading.sandbox.PortRelay} outside and {@link grading.sandbox.LoopbackPorts} inside, over a Unix socket.
 */
package grading.sandbox;
