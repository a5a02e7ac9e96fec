/**
 * Ways to a server: {@link lab.net.Proxy} stands in front of one, {@link lab.net.SlowNetwork} makes it farther away by that,
 * {@link lab.net.ServerProperties} tells another process of the same run how to reach it, {@link lab.net.LostServer} that nobody does any more.
 */
package lab.net;
