package lab;

/**
 * The container that a server runs in.
 *
 * @param address at which other containers reach the server, on its port 5432
 */
public record Container(String id, String address) { }
