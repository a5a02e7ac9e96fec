/**
 * PostgreSQL that runs already and that others use as well: the course works in databases of its own there.
 *
 * <p>Start with {@link lab.url.UrlProvider}.
 */
package lab.url;
