/**
 * What guides say, and where it is tried. {@code docs/guides.adoc} has each advice in a sentence with its verdict; a lesson's prose
 * marks the sections that try it, which {@link book.guides.Mark} reads. {@link book.guides.GuidesPage} brings both together, and
 * finds what nothing tries.
 */
package book.guides;
