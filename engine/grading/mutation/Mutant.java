package grading.mutation;

/**
 * A solution with one small change.
 *
 * @param file        name of the file that changed
 * @param line        1-based, in the solution
 * @param description what changed, {@code removes "connection.commit();"}
 * @param rule        what made it
 * @param text        the whole file afterwards
 */
record Mutant(String file, int line, String description, String rule, String text) {

    /** What a list of equivalent mutants names it by: {@code Tenants.java:21 removes "connection.commit();"}. */
    String id() {
        return file + ":" + line + " " + description;
    }

    /** The lines that differ, from the first to the last, as a person compares them. */
    String difference(String solution) {
        var before = solution.lines().toList();
        var after = text.lines().toList();
        int from = 0;
        while (from < Math.min(before.size(), after.size()) && before.get(from).equals(after.get(from))) {
            from++;
        }
        int same = 0;
        while (same < Math.min(before.size(), after.size()) - from
                && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
            same++;
        }
        var words = new StringBuilder();
        before.subList(from, before.size() - same).forEach(line -> words.append("- ").append(line.strip()).append('\n'));
        after.subList(from, after.size() - same).forEach(line -> words.append("+ ").append(line.strip()).append('\n'));
        return words.toString();
    }
}
