package lab;

/**
 * The two roles of every lesson. Migrations run as the owner; everything else as the app, because a lesson run by a
 * superuser proves nothing about privileges.
 */
public record Roles(String ownerPassword, String appPassword) {
    public static final String OWNER = "course_owner";
    public static final String APP = "course_app";

    @Override public String toString() {
        return "Roles[" + OWNER + ", " + APP + "]";
    }
}
