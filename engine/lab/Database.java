package lab;

/** A database that belongs to this run, seen by the three roles that may connect to it. */
public record Database(String name, Login admin, Login owner, Login app) {

    /** The login of the role. */
    public Login login(Role role) {
        return switch (role) {
            case APP -> app;
            case OWNER -> owner;
            case ADMIN -> admin;
        };
    }

    /** The database of this name on a server. It need not exist yet. */
    public static Database on(Server server, String name) {
        return of(name, server.admin(), server.roles());
    }

    /**
     * The same where only the logins of the server are known.
     *
     * @param admin of the server, whatever database it names
     */
    public static Database of(String name, Login admin, Roles roles) {
        var here = admin.on(name);
        return new Database(name, here,
            new Login(here.url(), Roles.OWNER, roles.ownerPassword()),
            new Login(here.url(), Roles.APP, roles.appPassword()));
    }
}
