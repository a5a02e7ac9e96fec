/**
 * Knows every kind of server. {@link lab.provider.Providers} chooses one by the word after {@code --db} and opens the lab
 * on it; {@link lab.provider.Cleanup} removes what any of them left.
 */
package lab.provider;
