/**
 * The self-check: every lesson runs, every claim of the repository about itself holds. A check that cannot fail is a
 * defect, so each of them has a test that breaks what it guards.
 *
 * <p>Start with {@link check.SelfCheck}, the list of all checks. Each gives {@link check.Result}s, which are counted.
 */
package check;
