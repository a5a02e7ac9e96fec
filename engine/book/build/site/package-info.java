/**
 * The book as it is published, {@code ./jbang docs --site}: beside its pages PostgreSQL in WebAssembly, the databases of the lessons, and what
 * runs their cells in a browser. Start with {@link book.build.site.PublishedSite}.
 */
package book.build.site;
