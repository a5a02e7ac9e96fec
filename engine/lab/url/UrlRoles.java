package lab.url;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lab.LabException;
import lab.Login;
import lab.Roles;
import lab.SqlErrors;

/**
 * The two roles of the course on a server that may serve several runs at once. Their passwords follow from the
 * administrator's password and the server's identity: every run computes the same, and nobody else can.
 */
record UrlRoles(UrlSql sql, Login admin) {
    private static final String OURS = "made by Postgres by Experiment";

    /** Makes both roles if they are missing. Throws {@link LabException} when somebody else's role has the name or is in use. */
    Roles ensure() throws LabException {
        // As in every lab, one round of hashing: what is hashed are 256 random bits. PostgreSQL 15 has no such setting.
        sql.column("select set_config(name, '1', false) from pg_settings where name = 'scram_iterations'");
        var roles = new Roles(password(Roles.OWNER), password(Roles.APP));
        ensure(Roles.OWNER, roles.ownerPassword());
        ensure(Roles.APP, roles.appPassword());
        return roles;
    }

    /** Drops the roles unless another run still has a database. */
    void dropUnused() throws LabException {
        if (isAnotherRunGoing()) {
            return;
        }
        for (var role : List.of(Roles.APP, Roles.OWNER)) {
            if (comment(role).equals(List.of(OURS))) {
                sql.run("drop role " + role);
            }
        }
    }

    private void ensure(String role, String password) {
        var comment = comment(role);
        if (comment.isEmpty()) {
            sql.run("create role " + role + " login password '" + password + "'");
            sql.run("comment on role " + role + " is '" + OURS + "'");
        } else if (comment.equals(List.of(OURS))) {
            adopt(role, password);
        } else {
            throw new LabException("the server has a role " + role + " that this course did not make: rename it with `alter role "
                + role + " rename to …`, or use another server");
        }
        letAdminActAs(role);
    }

    /** A role that a killed run left may have another password, of an administrator who had another one. */
    private void adopt(String role, String password) {
        try {
            new Login(admin.url(), role, password).connect().close();
            return;
        } catch (SQLException e) {
            if (isAnotherRunGoing()) {
                throw new LabException("a run of another administrator is using this server: wait until it ends, or use its user"
                    + " and password in the URL; " + role + " gets: " + SqlErrors.describe(e), e);
            }
        }
        sql.run("alter role " + role + " login password '" + password + "'");
    }

    private boolean isAnotherRunGoing() {
        return !sql.column("select 1 from pg_database d join pg_roles r on r.oid = d.datdba where rolname = '" + Roles.OWNER + "'").isEmpty();
    }

    /** The comment on a role, empty for a role that has none; no element when there is no such role. */
    private List<String> comment(String role) {
        return sql.column("select coalesce(shobj_description(oid, 'pg_authid'), '') from pg_roles where rolname = '" + role + "'");
    }

    /** Without membership only a superuser can make a database for the owner, or end the sessions of the two roles. */
    private void letAdminActAs(String role) {
        if (sql.column("select 1 where pg_has_role(current_user, '" + role + "', 'usage')").isEmpty()) {
            sql.run("grant " + role + " to current_user");
        }
    }

    private String password(String role) {
        var server = sql.column("select system_identifier from pg_control_system()").getFirst();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("key " + admin.password()).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var code = mac.doFinal((role + " at " + server).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
