/**
 * What is measured: {@link timing.Phases} notes when a lesson or a verification reached which phase, for {@code bench} and
 * for whoever looks for lost time.
 */
package timing;
