package lab;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * As whom a statement runs on a lesson's database: as the app, whose privileges are an application's; as the owner, who runs
 * migrations; as the admin, a superuser, for what only a superuser sees.
 */
public enum Role {
    APP, OWNER, ADMIN;

    /** "app", as programs, pages and sentences name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all roles. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }

    /** @throws IllegalArgumentException where no role has this word */
    public static Role of(String word) {
        for (var role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("there is no role " + word + " here; take app, owner or admin");
    }
}
