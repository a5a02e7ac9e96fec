package grading.protocol;

import grading.Clone;
import java.util.List;
import java.util.stream.Stream;
import lab.Login;

/** Logins as fields of a message: how the host writes them, and how the worker reads them. */
public final class Logins {
    private static final int FIELDS = 3;

    private Logins() { }

    public static List<String> fields(Login login) {
        return List.of(login.url(), login.user(), login.password());
    }

    public static List<String> fields(Clone clone) {
        return Stream.of(clone.app(), clone.owner(), clone.observer()).flatMap(login -> fields(login).stream()).toList();
    }

    public static Login login(List<String> fields) {
        return new Login(fields.get(0), fields.get(1), fields.get(2));
    }

    public static Clone clone(List<String> fields) {
        return new Clone(login(fields), login(fields.subList(FIELDS, 2 * FIELDS)), login(fields.subList(2 * FIELDS, 3 * FIELDS)));
    }
}
