///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import lab.cluster.OwnCluster;
import org.postgresql.PGConnection;
import static lab.cluster.OwnCluster.Outcome.*;
import static script.Script.*;

/** Backup and recovery: copies that can be trusted, and the way back to a moment. */
void main(String... args) throws Exception {
    begin("10-backup-and-recovery", args);

    var theScript = shell("the-script", """
        # tag::the-script[]
        pg_dump --version
        rm -rf backups; mkdir backups                         # of an earlier run of this cell
        dropdb --if-exists --force shop 2> /dev/null
        createdb shop
        psql -qX -d shop -c "create table orders (id int primary key, note text not null)"
        psql -qX -d shop -c "insert into orders select n, repeat(md5(n::text), 9)
                             from generate_series(1, 100000) n"

        cat > backup_db.sh <<'SCRIPT'
        BACKUP_DIR="backups"
        DB_NAME="$1"
        TIMESTAMP=$(date +%Y%m%d_%H%M%S)
        BACKUP_FILE="${BACKUP_DIR}/${DB_NAME}_${TIMESTAMP}.sql.gz"

        # Create backup
        pg_dump -d $DB_NAME | gzip > $BACKUP_FILE

        # Keep only last 7 days
        find $BACKUP_DIR -name "*.sql.gz" -mtime +7 -delete

        echo "Backup completed: $BACKUP_FILE"
        SCRIPT

        for database in shop shpo; do                         # a good day, and a typing error
          echo
          bash backup_db.sh $database
          echo "exit code $?"
          gzip -t backups/${database}_* && echo "gzip -t is content with it"
          wc -c backups/${database}_*
        done
        echo
        ls -l backups | cut -c 1-10 | tail -n 1               # who may read it
        # end::the-script[]
        """);
    theScript.ifPresent(said -> {
        expect("it says that both went well", 2, count(said, "Backup completed"));
        expect("with exit code 0, both", 2, count(said, "exit code 0"));
        expect("gzip agrees", 2, count(said, "gzip -t is content"));
        expect("one of the two is the 20 bytes of an empty file", true, said.contains("20 backups/shpo_"));
        expect("and everybody may read the customers' data", true, said.endsWith("-rw-r--r--"));
    });

    var cutOff = shell("cut-off", """
        # tag::cut-off[]
        rm -rf backups slow go; mkdir backups slow
        bash backup_db.sh shop > /dev/null
        mv backups/shop_* good.sql.gz

        echo "1. The connection breaks in the middle"
        echo "until [ -e go ]; do sleep 0.1; done; exec $(command -v gzip)" > slow/gzip
        chmod +x slow/gzip                                    # a gzip that takes its time
        PATH="$PWD/slow:$PATH" bash backup_db.sh shop > said.txt 2>&1 &
        for try in $(seq 100); do
          killed=$(psql -qXAt -c "select pg_terminate_backend(pid) from pg_stat_progress_copy
                                  where datname = 'shop' and bytes_processed > 100000")
          if [ "$killed" = t ]; then break; else sleep 0.1; fi
        done
        touch go
        wait $! && echo "exit code 0"
        cat said.txt
        mv backups/shop_* cut.sql.gz
        gzip -t cut.sql.gz && echo "gzip -t is content with it"

        echo
        echo "2. The disk is full after 40 kB"
        (ulimit -f 40; bash backup_db.sh shop && echo "exit code 0")

        echo
        echo "3. The good ones are eight days old, and the database has a new name"
        rm backups/*
        cp good.sql.gz backups/shop_20240101_030000.sql.gz
        cp good.sql.gz backups/shop_20240102_030000.sql.gz
        touch -t 202401020300 backups/*
        bash backup_db.sh shpo && echo "exit code 0"
        wc -c backups/*

        echo
        echo "Restoring the first of them"
        dropdb --if-exists --force shop_again 2> /dev/null
        createdb shop_again
        gunzip -c cut.sql.gz | psql -qX -d shop_again > /dev/null && echo "exit code 0"
        psql -X -d shop_again -c "select count(*) < 100000 as rows_are_missing,
          not exists (select from pg_index where indrelid = 'orders'::regclass and indisprimary)
            as key_is_missing from orders"
        gunzip -c cut.sql.gz | grep "database dump complete" || echo "(the last line is not there)"
        # end::cut-off[]
        """);
    cutOff.ifPresent(said -> {
        expect("three failures, and each ends with exit code 0; so does the restore", 4, count(said, "exit code 0"));
        expect("what is left of the good ones is 20 bytes", true, said.contains("20 backups/shpo_") && !said.contains("backups/shop_2024"));
        expect("rows and the primary key are missing", true, said.contains("t                | t"));
    });

    var holds = shell("a-script-that-holds", """
        # tag::a-script-that-holds[]
        cat > backup.sh <<'SCRIPT'
        #!/bin/bash
        # backup.sh DATABASE FOLDER KEEP
        set -euo pipefail                                     # nothing fails in silence
        umask 077                                             # for nobody else's eyes
        db=$1 folder=$2 keep=$3
        name="$folder/$db-$(date -u +%Y%m%dT%H%M%SZ)"
        part=$(mktemp -d "$folder/.part-XXXXXX")              # two at once do not meet,
        trap 'rm -rf "$part"' EXIT                            # and a failure leaves nothing

        pg_dump -Fc -f "$part/dump" -d "$db"
        pg_restore -f /dev/null "$part/dump"                  # reads it from start to end
        pg_dumpall --globals-only -f "$part/globals"          # roles are in no dump
        mv "$part/globals" "$name.globals.sql"
        mv "$part/dump" "$name.dump"                          # whole, or not there at all

        ls "$folder/$db"-*.dump | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
          rm -f "$old" "${old%.dump}.globals.sql"             # after success, and by number
        done
        echo "wrote $name.dump"
        SCRIPT

        backups="my backups"                                  # with a blank, on purpose
        rm -rf "$backups"; mkdir "$backups"
        for day in 1 2 3; do touch "$backups/shop-2024010${day}T030000Z.dump"; done

        echo "1. A database that does not exist"
        bash backup.sh shpo "$backups" 3 || echo "exit code $?"
        echo
        echo "2. A full disk"
        (ulimit -f 40; bash backup.sh shop "$backups" 3) || echo "exit code $?"
        echo
        echo "What is there: $(ls -A "$backups" | wc -l | tr -d ' ') files, the three of before"
        echo
        echo "3. A good day"
        bash backup.sh shop "$backups" 3
        ls -l "$backups" | cut -c 1-10 | tail -n 1
        ls "$backups"

        echo
        newest=$(ls "$backups"/shop-*.dump | sort | tail -n 1)
        head -c 100000 "$newest" > half.dump
        pg_restore -l half.dump > /dev/null && echo "pg_restore -l is content with half of it"
        pg_restore -f /dev/null half.dump || echo "to read it all: exit code $?"
        # end::a-script-that-holds[]
        """);
    holds.ifPresent(said -> {
        expect("two failures are two exit codes", true, said.contains("exit code 1\n"));
        expect("and the three of before are still there", true, said.contains("3 files, the three of before"));
        expect("the oldest has gone for the new one", true, !said.contains("shop-20240101T030000Z.dump") && said.contains("shop-20240102T030000Z.dump"));
        expect("nobody else may read it", true, said.contains("-rw-------"));
        expect("the list of half a dump is whole", true, said.contains("content with half") && said.contains("to read it all: exit code 1"));
    });

    var restores = shell("does-it-restore", """
        # tag::does-it-restore[]
        psql -qX -d shop <<'SQL'
        set client_min_messages = warning;
        drop table if exists invoices, countries;
        drop function if exists vat;
        create table countries (code text primary key, vat int not null);
        insert into countries values ('DE', 19), ('FR', 20);
        create function vat(country text) returns int language sql stable as
          'select vat from countries where code = country';
        create table invoices (
          id      int generated always as identity primary key,
          country text not null check (vat(country) > 0)
        );
        insert into invoices (country) values ('DE'), ('FR'), ('DE');
        SQL

        cat > facts.sh <<'SCRIPT'
        # facts.sh DATABASE: rows of every table, constraints, indexes, where sequences are
        psql -qXAt -d "$1" -c "select format('select %L, count(*) from %s;', relname, oid::regclass)
          from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
          order by relname" | psql -qXAt -d "$1"
        psql -qXAt -d "$1" -c "select conname, pg_get_constraintdef(oid) from pg_constraint
          where connamespace = 'public'::regnamespace order by conname"
        psql -qXAt -d "$1" -c "select indexdef from pg_indexes where schemaname = 'public' order by 1"
        psql -qXAt -d "$1" -c "select sequencename, last_value from pg_sequences order by 1"
        SCRIPT
        cat > restore_test.sh <<'SCRIPT'
        # restore_test.sh DATABASE DUMP: is it worth its name?
        set -euo pipefail
        copy="$1_restored"
        dropdb --if-exists --force "$copy" 2> /dev/null
        createdb -T template0 "$copy"
        pg_restore --exit-on-error -d "$copy" "$2"
        diff <(bash facts.sh "$1") <(bash facts.sh "$copy")
        bash facts.sh "$copy"
        dropdb "$copy"
        SCRIPT

        rm -rf tested; mkdir tested
        bash backup.sh shop tested 3
        echo
        bash restore_test.sh shop tested/*.dump || echo "exit code $?"

        echo
        psql -qX -d shop -c "alter function vat(text) set search_path = public"
        rm tested/*
        bash backup.sh shop tested 3
        echo
        bash restore_test.sh shop tested/*.dump && echo "restored, and the same"
        # end::does-it-restore[]
        """);
    restores.ifPresent(said -> {
        expect("both dumps were written, read and listed without complaint", 2, count(said, "wrote tested/"));
        expect("one of them cannot be restored", true, said.contains("relation \"countries\" does not exist"));
        expect("the other can", true, said.endsWith("restored, and the same"));
    });

    var atThatTime = shell("at-that-time", """
        # tag::at-that-time[]
        pg_dump -f shop.sql -d shop
        pg_dump -Fc -f shop.dump -d shop
        dropdb --if-exists --force shop_then 2> /dev/null
        createdb shop_then
        tables="select count(*) || ' tables' from pg_tables where schemaname = 'public'"

        echo "1. As in the recipe"
        pg_restore -d shop_then -t "2024-12-09 10:30:00" shop.sql || echo "exit code $?"
        echo
        echo "2. From a dump in pg_dump's own format"
        pg_restore -d shop_then -t "2024-12-09 10:30:00" shop.dump && echo "exit code 0"
        psql -qXAt -d shop_then -c "$tables"
        echo
        echo "3. The same, and strict"
        pg_restore --strict-names -d shop_then -t "2024-12-09 10:30:00" shop.dump || echo "exit code $?"
        echo
        echo "4. What -t is for"
        pg_restore -d shop_then -t orders shop.dump && echo "exit code 0"
        psql -qXAt -d shop_then -c "$tables" -c "select count(*) || ' rows' from orders" -c "
          select count(*) || ' indexes' from pg_indexes where schemaname = 'public'"
        # end::at-that-time[]
        """);
    atThatTime.ifPresent(said -> {
        expect("a plain dump is refused", true, said.contains("text format dump. Please use psql"));
        expect("from the other nothing was restored, with exit code 0", true, said.contains("exit code 0\n0 tables"));
        expect("the table comes without its key", true, said.endsWith("1 tables\n100000 rows\n0 indexes"));
    });

    var goesOn = shell("psql-goes-on", """
        # tag::psql-goes-on[]
        for care in "" "-v ON_ERROR_STOP=1" "-v ON_ERROR_STOP=1 -1"; do
          dropdb --if-exists --force shop_again 2> /dev/null
          createdb shop_again
          psql -qX -d shop_again -c "create table invoices (id int)"   # somebody was here before
          echo "psql $care"
          psql -qX $care -d shop_again -f shop.sql > /dev/null 2> errors.txt || echo "exit code $?"
          head -n 1 errors.txt
          echo "$(wc -l < errors.txt | tr -d ' ') lines of errors"
          psql -qXAt -d shop_again -c "select count(*) || ' tables' from pg_tables
                                       where schemaname = 'public'"
          echo
        done
        # end::psql-goes-on[]
        """);
    goesOn.ifPresent(said -> expect("with care it stops, twice", 2, count(said, "exit code 3")));

    var whileItDumps = shell("while-it-dumps", """
        # tag::while-it-dumps[]
        psql -qX -d shop -c "delete from orders where id = 0"
        rm -f pipe go dumped.sql; mkfifo pipe
        (until [ -e go ]; do sleep 0.1; done; cat > dumped.sql) < pipe &    # a slow disk
        disk=$!
        pg_dump -d shop -f pipe &
        dump=$!
        for try in $(seq 100); do
          busy=$(psql -qXAt -c "select count(*) from pg_stat_progress_copy where datname = 'shop'")
          if [ "$busy" = 1 ]; then break; else sleep 0.1; fi
        done

        psql -qX -d shop -c "select mode, count(*) as tables from pg_locks join pg_class c on relation = c.oid
          where relkind = 'r' and relnamespace = 'public'::regnamespace group by mode"
        psql -X -d shop -c "insert into orders values (0, 'came while it was dumped')"
        psql -X -d shop -c "set lock_timeout = '300ms'" -c "alter table orders add seen boolean" || true
        touch go
        wait $dump && wait $disk
        echo "in the dump: $(grep -c 'came while it was dumped' dumped.sql || true)"
        # end::while-it-dumps[]
        """);
    whileItDumps.ifPresent(said -> {
        expect("it reads under the weakest lock", true, said.contains("AccessShareLock"));
        expect("writers go on", true, said.contains("INSERT 0 1"));
        expect("who changes a table waits", true, said.contains("lock timeout"));
        expect("what came meanwhile is not in it", true, said.endsWith("in the dump: 0"));
    });

    step("keep-the-wal");                                        // tag::keep-the-wal[]
    var clusters = clusters();                                   // of our own: we shall break them
    show(clusters.describe());
    var archive = clusters.folder("archive");
    var keep = "test ! -f " + archive + "/%f && cp %p " + archive + "/%f";
    var shop = clusters.create("shop");
    shop.set(Map.of("archive_mode", "on", "archive_command", keep, "autovacuum", "off"));
    shop.start();
    show(queryAs(shop.admin(), """
        select name, setting, context from pg_settings
        where name in ('wal_level', 'archive_mode', 'archive_timeout') order by name"""));

    execute(shop.admin(), "create table orders (id int generated always as identity primary key, "
        + "note text not null default repeat('x', 100))");
    order(shop, 1000);
    show(files(archive) + " files in the archive after 1000 orders");
    var segment = archived(shop);
    show(files(archive) + " after pg_switch_wal()");
    show(queryAs(shop.admin(), "select archived_count, last_archived_wal = ? as it_is_the_last, "
        + "failed_count from pg_stat_archiver", segment));
    // end::keep-the-wal[]
    expect("the segment is there, in its full length", 1L << 20, Files.size(archive.resolve(segment)));

    step("archive-in-trouble");                                  // tag::archive-in-trouble[]
    archiveBy(shop, "test ! -f /gone/%f && cp %p /gone/%f");     // a folder that is not there
    for (int i = 0; i < 12; i++) {
        order(shop, 10);                                         // nobody notices anything
        execute(shop.admin(), "select pg_switch_wal()");
    }
    await("the archiver has failed", () -> number(shop, "select failed_count from pg_stat_archiver") > 0);
    var waiting = """
        select (select failed_count > 0 from pg_stat_archiver) as it_fails,
               (select count(*) from pg_ls_archive_statusdir() where name like '%.ready') as waiting,
               (select sum(size)::bigint / 1024 / 1024 from pg_ls_waldir()) as mb_of_wal""";
    show(queryAs(shop.admin(), waiting));
    var stuck = number(shop, "select count(*) from pg_ls_archive_statusdir() where name like '%.ready'");
    archiveBy(shop, keep);
    await("all are archived", () -> number(shop,
        "select count(*) from pg_ls_archive_statusdir() where name like '%.ready'") == 0);
    show(queryAs(shop.admin(), waiting));

    shop.stop();
    var clone = clusters.on(shop.data(), "clone");               // somebody clones the machine
    shop.start();
    var written = new ArrayList<String>();
    for (int i = 0; i < 2; i++) {
        order(shop, 10);
        written.add(archived(shop));
    }
    clone.start();                                               // with the settings of the shop
    record Command(String command, boolean archives, boolean fails, boolean file_is_still_ours) { }
    var commands = new ArrayList<Command>();
    for (var name : written) {
        var guarded = !name.equals(written.getFirst());
        archiveBy(clone, guarded ? keep : "cp %p " + archive + "/%f");
        execute(clone.admin(), "select pg_stat_reset_shared('archiver')");
        var ours = Files.readAllBytes(archive.resolve(name));
        order(clone, 20);
        execute(clone.admin(), "select pg_switch_wal()");        // a segment of the same name
        await("it has tried", () -> number(clone,
            "select archived_count + failed_count from pg_stat_archiver") > 0);
        commands.add(new Command(guarded ? "test ! -f … && cp" : "cp",
            number(clone, "select archived_count from pg_stat_archiver") > 0,
            number(clone, "select failed_count from pg_stat_archiver") > 0,
            Arrays.equals(ours, Files.readAllBytes(archive.resolve(name)))));
    }
    clone.kill();
    show(commands);
    // end::archive-in-trouble[]
    expect("every segment waited", stuck, n -> n >= 12);
    expect("cp replaced a segment of the other cluster and was content", List.of("true false false", "false true true"),
        commands.stream().map(c -> c.archives() + " " + c.fails() + " " + c.file_is_still_ours()).toList());

    step("base-backup");                                         // tag::base-backup[]
    show(fails(() -> {                                           // as a pool would do it
        execute(shop.admin(), "select pg_backup_start('by hand', true)");
        execute(shop.admin(), "select pg_backup_stop()");
    }));

    var base = clusters.folder("base");
    execute(shop.admin(), "truncate orders restart identity");
    order(shop, 1000);
    try (var connection = shop.admin().connect(); var statement = connection.createStatement()) {
        statement.execute("select pg_backup_start('by hand', true)");        // now, not in minutes
        copyInUse(shop.data(), base);
        order(shop, 10);                                         // others work meanwhile
        try (var stop = statement.executeQuery("select labelfile from pg_backup_stop()")) {
            stop.next();
            Files.writeString(base.resolve("backup_label"), stop.getString(1));
        }
    }
    show(Files.readString(base.resolve("backup_label")));
    show(files(base.resolve("pg_wal")) + " files in its pg_wal");
    // end::base-backup[]
    expect("the archive has the mark of the backup", true, names(archive).stream().anyMatch(name -> name.endsWith(".backup")));
    expect("what belongs to the running server is not in it", false, Files.exists(base.resolve("postmaster.pid")));

    step("back-to-a-time");                                      // tag::back-to-a-time[]
    order(shop, 190);                                            // 1200 by now
    var before = valueAs(shop.admin(), String.class, "select clock_timestamp()::text");
    execute(shop.admin(), "delete from orders");                 // somebody forgot the where
    order(shop, 3);                                              // and work went on
    archived(shop);

    var copy = clusters.on(base, "copy");                        // beside it, never over it
    Files.createFile(copy.data().resolve("recovery.signal"));
    copy.set(Map.of(
        "restore_command", "cp " + archive + "/%f %p",
        "recovery_target_time", before,
        "recovery_target_action", "pause",                       // look first
        "archive_mode", "off"));                                 // it would write into our archive
    show(copy.start());
    show(queryAs(copy.admin(), "select count(*) as orders, pg_is_in_recovery() from orders"));
    show(fails(() -> order(copy, 1)));

    execute(copy.admin(), "select pg_wal_replay_resume()");      // yes, that is it
    await("it is open", () -> !valueAs(copy.admin(), Boolean.class, "select pg_is_in_recovery()"));
    order(copy, 1);
    showLog("the copy's log", copy.log("recovery", "consistent", "timeline", "pausing"));
    show(queryAs(copy.admin(), "select pg_walfile_name(pg_current_wal_lsn()) as now_writing"));

    execute(copy.admin(), "delete from orders where id > 1200");
    copyRows(copy, shop, "orders");                              // what was lost goes back
    show(queryAs(shop.admin(), "select count(*) as orders, count(distinct id) as ids from orders"));
    // end::back-to-a-time[]
    expect("all is there again, and what came later too", 1203L, number(shop, "select count(*) from orders"));
    expect("the copy writes on another timeline", true, valueAs(copy.admin(), String.class,
        "select pg_walfile_name(pg_current_wal_lsn())").startsWith("00000002"));

    step("other-targets");                                       // tag::other-targets[]
    execute(shop.admin(), "delete from orders where id > 1000");
    execute(shop.admin(), "select pg_create_restore_point('before the release')");
    order(shop, 10);
    var lsn = valueAs(shop.admin(), String.class, "select pg_current_wal_insert_lsn()::text");
    order(shop, 10);
    var xid = valueAs(shop.admin(), String.class,
        "insert into orders default values returning pg_current_xact_id()::text");
    order(shop, 10);
    archived(shop);

    record Target(String target, String start, long orders) { }
    var targets = new ArrayList<Target>();
    for (var target : List.of(
            Map.of("recovery_target_name", "before the release"),
            Map.of("recovery_target_lsn", lsn),
            Map.of("recovery_target_xid", xid),
            Map.of("recovery_target_xid", xid, "recovery_target_inclusive", "off"),
            Map.of("recovery_target", "immediate"))) {
        var restored = restored(base, archive, target);
        targets.add(new Target(String.join(", ", new TreeMap<>(target).keySet()),
            restored.start().name(), number(restored, "select count(*) from orders")));
    }
    show(targets);
    // end::other-targets[]
    expect("each stops where it should", List.of(1000L, 1010L, 1021L, 1020L), targets.stream().map(Target::orders).limit(4).toList());
    expect("the earliest possible moment is the end of the backup", targets.getLast().orders(), n -> n >= 1000 && n <= 1010);

    step("a-lock-from-the-past");                                // tag::a-lock-from-the-past[]
    execute(shop.admin(), "drop table if exists coupons");
    execute(shop.admin(), "create table coupons as select generate_series(1, 100) as id");
    execute(shop.admin(), "select pg_create_restore_point('coupons are there')");
    var beforeDrop = valueAs(shop.admin(), String.class, "select clock_timestamp()::text");
    execute(shop.admin(), "drop table coupons");
    archived(shop);

    var byTime = restored(base, archive, Map.of("recovery_target_time", beforeDrop));
    show(byTime.start());
    var look = "select count(*) from coupons";
    show(fails(() -> execute(byTime.admin(), "set statement_timeout = '500ms'; " + look)));
    show(queryAs(byTime.admin(), "select mode, granted from pg_locks l join pg_class c on c.oid = l.relation "
        + "where relname = 'coupons'"));
    execute(byTime.admin(), "select pg_wal_replay_resume()");
    await("it is open", () -> !valueAs(byTime.admin(), Boolean.class, "select pg_is_in_recovery()"));
    show(number(byTime, look) + " coupons after the resume");

    var byName = restored(base, archive, Map.of("recovery_target_name", "coupons are there"));
    show(byName.start() + ", and " + number(byName, look) + " coupons to look at");
    // end::a-lock-from-the-past[]
    expect("the drop was not replayed to its end", 100L, number(byName, look));

    step("wrong-targets");                                       // tag::wrong-targets[]
    var quiet = clusters.folder("quiet");
    backUp(shop, quiet);                                         // nobody wrote meanwhile
    order(shop, 10);
    archived(shop);
    order(shop, 10);
    var last = archived(shop);
    execute(shop.admin(), "select pg_create_restore_point('the end')");
    archived(shop);

    var fetch = "cp " + archive + "/%f %p";
    var hole = "test %f != " + last + " && " + fetch;            // one file of the archive is lost
    var tomorrow = valueAs(shop.admin(), String.class, "select (now() + interval '1 day')::text");
    var longAgo = Map.of("recovery_target_time", "2024-12-09 10:30:00");
    var missed = new ArrayList<Missed>();
    missed.add(tried("before the backup", base, fetch, longAgo));
    missed.add(tried("before a quiet backup", quiet, fetch, longAgo));
    missed.add(tried("after the end", base, fetch, Map.of("recovery_target_time", tomorrow)));
    missed.add(tried("a hole, with a target", base, hole, Map.of("recovery_target_name", "the end")));
    missed.add(tried("a hole, no target", base, hole, Map.of()));
    missed.add(tried("no hole, no target", base, fetch, Map.of()));
    show(missed);
    // end::wrong-targets[]
    expect("three refuse, three start", List.of("ENDED", "PAUSED", "ENDED", "ENDED", "OPEN", "OPEN"),
        missed.stream().map(Missed::start).toList());
    expect("of the quiet backup one gets what it holds, and no word", true, missed.get(1).fatal().isEmpty());
    expect("the hole without a target has lost orders, and says nothing", true,
        !missed.get(4).orders().equals(missed.get(5).orders()) && missed.get(4).fatal().isEmpty());

    step("forgotten");                                           // tag::forgotten[]
    var noSignal = restored(base, archive, Map.of());
    Files.delete(noSignal.data().resolve("recovery.signal"));
    show("without recovery.signal: " + noSignal.start());
    showLog("its log", noSignal.log("FATAL", "PANIC", "HINT", "could not locate"));

    var noCommand = restored(base, archive, Map.of("restore_command", ""));
    show("without restore_command: " + noCommand.start());
    showLog("its log", noCommand.log("FATAL", "PANIC"));

    var noLabel = restored(base, archive, Map.of("recovery_target_name", "coupons are there"));
    Files.delete(noLabel.data().resolve("backup_label"));
    show("without backup_label: " + noLabel.start());
    showLog("its log", noLabel.log("FATAL", "PANIC", "checkpoint", "redo"));
    // end::forgotten[]

    step("what-is-lost");                                        // tag::what-is-lost[]
    var hour = clusters.folder("hour");
    var till = clusters.create("till");
    till.set(Map.of("archive_mode", "on", "archive_command", "cp %p " + hour + "/%f"));
    till.start();
    execute(till.admin(), "create table orders (id int generated always as identity primary key, note text)");
    var night = clusters.folder("night");
    backUp(till, night);                                         // last night's
    for (int minute = 1; minute <= 55; minute++) {
        order(till, 10);                                         // ten orders a minute
        if (minute % 15 == 0) {                                  // archive_timeout = '15min'
            archived(till);
        }
    }
    till.kill();                                                 // after 55 minutes it burns down

    var lost = new LinkedHashMap<String, Long>();
    var fromNight = restored(night, hour, Map.of("recovery_target", "immediate"));
    fromNight.start();
    lost.put("last night's backup", 550 - number(fromNight, "select count(*) from orders"));
    var fromArchive = restored(night, hour, Map.of());
    fromArchive.start();
    lost.put("and the archive", 550 - number(fromArchive, "select count(*) from orders"));
    var fromDisk = restored(night, hour, Map.of());
    for (var name : names(till.data().resolve("pg_wal"))) {
        if (name.matches("[0-9A-F]{24}")) {                      // the disk could be saved
            Files.copy(till.data().resolve("pg_wal").resolve(name), fromDisk.data().resolve("pg_wal").resolve(name));
        }
    }
    fromDisk.start();
    lost.put("and its pg_wal", 550 - number(fromDisk, "select count(*) from orders"));
    show(compare("orders lost of 550", "orders", lost, "the archive loses what was not archived yet"));

    till.start();
    var sizes = List.of(1, 10, 40);
    var seconds = new ArrayList<Double>();
    for (var megabytes : sizes) {
        while (number(till, "select count(*) from orders") < 550 + megabytes * 4000) {
            execute(till.admin(), "insert into orders (note) select repeat('x', 200) from generate_series(1, 2000)");
        }
        execute(till.admin(), "select pg_create_restore_point('" + megabytes + " MB')");
        archived(till);
        seconds.add(time(() -> restored(night, hour, Map.of("recovery_target_name", megabytes + " MB")).start()) / 1000);
    }
    show(chart("until the copy can be read", "seconds", sizes.stream().map(mb -> "about " + mb + " MB of WAL").toList(),
        Map.of("copying and replaying", seconds)));
    // end::what-is-lost[]
    expect("everything, then the last ten minutes, then nothing", List.of(550L, 100L, 0L), List.copyOf(lost.values()));

    var tools = shell("with-the-tools", """
        # tag::with-the-tools[]
        rm -rf base
        pg_basebackup -D base -c fast -X stream               # all of the step before, and the WAL
        ls base | grep backup
        pg_verifybackup base

        printf Z | dd of=base/base/1/1259 bs=1 seek=5000 conv=notrunc status=none   # one byte
        pg_verifybackup base || echo "exit code $?"
        # end::with-the-tools[]
        """);
    tools.ifPresent(said -> {
        expect("a byte that changed is found", true, said.contains("base/1/1259"));
        expect("and is a failure", true, said.endsWith("exit code 1"));
    });

    var incremental = shell("incremental", """
        # tag::incremental[]
        rm -rf full more all
        psql -qX -c "alter system set summarize_wal = on"
        psql -qXAt -c "select 'reloaded' from pg_reload_conf()"
        pg_basebackup -D full -c fast
        psql -qX -d shop -c "update orders set note = 'paid' where id <= 100"
        pg_basebackup -D more -c fast --incremental full/backup_manifest
        du -sm full more
        pg_combinebackup -o all full more
        pg_verifybackup all
        # end::incremental[]
        """);
    incremental.ifPresent(said -> expect("the two together are a backup", true, said.contains("successfully verified")));

    step("what-stays");                                          // tag::what-stays[]
    show(migrate());
    // end::what-stays[]
}

/** How often a text contains another. */
int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
}

/** What became of a restore. */
record Missed(String target, String start, String orders, String fatal) { }

/** Some orders, each in a transaction of its own. */
void order(OwnCluster cluster, int orders) throws SQLException {
    try (var connection = cluster.admin().connect(); var insert = connection.prepareStatement("insert into orders default values")) {
        for (int i = 0; i < orders; i++) {
            insert.executeUpdate();
        }
    }
}

/** The number that a query gives. */
long number(OwnCluster cluster, String sql) throws SQLException {
    return valueAs(cluster.admin(), Long.class, sql);
}

/** The names of the files in a folder, in order. */
List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
        return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
    }
}

/** How many files there are in a folder. */
int files(Path folder) throws IOException {
    return names(folder).size();
}

/** Begins a new segment and waits until the one before, whose name it gives, is in the archive. */
String archived(OwnCluster cluster) throws Exception {
    var segment = valueAs(cluster.admin(), String.class, "select pg_walfile_name(pg_switch_wal())");
    await(segment + " is archived", () -> valueAs(cluster.admin(), Boolean.class,
        "select coalesce(last_archived_wal >= ?, false) from pg_stat_archiver", segment));
    return segment;
}

/** Another command for the archive, from now on. */
void archiveBy(OwnCluster cluster, String command) throws SQLException {
    execute(cluster.admin(), "alter system set archive_command = '" + command + "'");
    execute(cluster.admin(), "select pg_reload_conf()");
}

/** All files of a data folder but those of the running server and its WAL. Files may come and go meanwhile. */
void copyInUse(Path from, Path to) throws IOException {
    var notWanted = Set.of("postmaster.pid", "postmaster.opts");
    var emptied = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    Files.walkFileTree(from, new SimpleFileVisitor<>() {
        @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            var path = from.relativize(file);
            if (!notWanted.contains(path.toString()) && !emptied.contains(path.getName(0).toString())) {
                try {
                    Files.copy(file, to.resolve(path), StandardCopyOption.REPLACE_EXISTING);
                } catch (NoSuchFileException e) {
                    // dropped since we saw it: the WAL says so, too
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    });
}

/** A base backup. */
void backUp(OwnCluster cluster, Path to) throws Exception {
    try (var connection = cluster.admin().connect(); var statement = connection.createStatement()) {
        statement.execute("select pg_backup_start('night', true)");
        copyInUse(cluster.data(), to);
        try (var stop = statement.executeQuery("select labelfile from pg_backup_stop()")) {
            stop.next();
            Files.writeString(to.resolve("backup_label"), stop.getString(1));
        }
    }
}

/** A copy of the backup that will recover from this archive when it starts, in the place of the last one. */
OwnCluster restored(Path base, Path archive, Map<String, String> target) throws IOException {
    var copy = clusters().on(base, "copy");
    Files.createFile(copy.data().resolve("recovery.signal"));
    copy.set(Map.of("restore_command", "cp " + archive + "/%f %p", "recovery_target_action", "pause", "archive_mode", "off"));
    copy.set(target);
    return copy;
}

/** The same, started, and what came of it. */
Missed tried(String what, Path base, String restoreCommand, Map<String, String> target) throws Exception {
    var copy = restored(base, Path.of("unused"), target);
    copy.set(Map.of("restore_command", restoreCommand));
    var outcome = copy.start();
    var orders = outcome == ENDED ? "" : String.valueOf(number(copy, "select count(*) from orders"));
    return new Missed(what, outcome.name(), orders, String.join(" ", copy.log("FATAL")).replaceFirst("FATAL: +", ""));
}

/** All rows of a table, from one cluster to another. */
void copyRows(OwnCluster from, OwnCluster to, String table) throws Exception {
    var rows = new ByteArrayOutputStream();
    try (var source = from.admin().connect(); var target = to.admin().connect()) {
        source.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout", rows);
        target.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
    }
}
