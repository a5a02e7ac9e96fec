/**
 * Ways to a server: {@link lab.net.SlowNetwork} makes it farther away, {@link lab.net.ServerProperties} tells another
 * process of the same run how to reach it.
 */
package lab.net;
