package lesson;

import lab.Role;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The part of a program that a step shows.
 *
 * @param id       the step's name
 * @param language java, sql or shell
 * @param source   the code without its common indentation and without the lines that carry tags
 * @param line     where it starts in the program, 1-based
 * @param role     who runs it, where it is SQL or shell
 * @param sqlState the SQLSTATE with which it must fail, or empty
 */
public record Region(String id, String language, String source, int line, Role role, String sqlState) {

    /** A short hash of the source, by which a recording knows whether it is of this code. */
    public String fingerprint() {
        return DigestUtils.sha256Hex(source).substring(0, 12);
    }
}
