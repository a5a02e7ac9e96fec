/** What others are told of the published book: search engines, feed readers, and whoever shows a link. Start with {@link book.site.SiteMetadata}. */
package book.site;
