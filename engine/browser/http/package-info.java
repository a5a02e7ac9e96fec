/**
 * Requests, responses, events, and who may send what.
 *
 * <p>Start with {@link browser.http.Gate}, which every request passes first.
 */
package browser.http;
