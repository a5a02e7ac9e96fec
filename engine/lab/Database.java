package lab;

/** A database that belongs to this run, seen by the three roles that may connect to it. */
public record Database(String name, Login admin, Login owner, Login app) {

    static Database on(Server server, String name) {
        var admin = server.admin().on(name);
        return new Database(name, admin,
            new Login(admin.url(), Roles.OWNER, server.roles().ownerPassword()),
            new Login(admin.url(), Roles.APP, server.roles().appPassword()));
    }
}
