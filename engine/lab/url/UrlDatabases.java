package lab.url;

import java.util.List;
import lab.LabException;
import lab.Progress;
import lab.Roles;
import lab.os.RunMark;

/** The databases of the course on a server that has others too: {@code course_<run>} and {@code course_<run>_<anything>}. */
record UrlDatabases(UrlSql sql) {

    /** Makes the database of a run, and marks it as the run's. */
    void create(String name) throws LabException {
        sql.run("create database " + name + " owner " + Roles.OWNER);
        sql.run("comment on database " + name + " is '" + RunMark.ofThisRun() + "'");
    }

    /** Drops the database of a run and all that were cloned from it. */
    void drop(String name) throws LabException {
        var clones = sql.column("select quote_ident(datname) from pg_database where starts_with(datname, '" + name + "_')");
        // The marked one goes last: as long as it is there, an interrupted removal can be finished by the next run.
        clones.forEach(this::dropOne);
        dropOne(name);
    }

    /** Drops what runs that were killed have left; touches only databases that carry the mark of such a run. */
    void dropLeftovers(Progress progress) throws LabException {
        for (var name : marked()) {
            var mark = sql.column("select shobj_description(oid, 'pg_database') from pg_database where datname = '" + name + "'");
            if (mark.stream().flatMap(text -> RunMark.parse(text).stream()).anyMatch(RunMark::isOver)) {
                progress.say("removing " + name + ", which a run that was killed has left");
                drop(name);
            }
        }
    }

    private List<String> marked() {
        return sql.column("""
            select datname from pg_database
            where datname ~ '^course_[0-9a-f]{12}$' and shobj_description(oid, 'pg_database') is not null""");
    }

    private void dropOne(String name) {
        sql.run("drop database if exists " + name + " with (force)");
    }
}
