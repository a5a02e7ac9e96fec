///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import lab.Login;
import lab.tls.*;
import org.postgresql.PGConnection;
import static script.Script.*;

/** Security: what gets in, what it may do there, who reads along, and what only you can read. */
void main(String... args) throws Exception {
    begin("12-security", args);

    step("one-quote");                                           // tag::one-quote[]
    var typed = List.of("Ann", "O'Brien", "' or '1'='1",
        "' union select name || ' ' || card from lab.members --",
        "'; update lab.members set card = 'mine'; --");
    var searches = new ArrayList<Search>();
    for (var name : typed) {
        makeMembers();                                           // four people, each time anew
        var glued = found("select email from lab.members where name = '" + name + "'");
        var changed = value(Long.class, "select count(*) from lab.members where card = 'mine'");
        var bound = found("select email from lab.members where name = ?", name);
        searches.add(new Search(name, glued, changed, bound));
    }
    show(searches);
    makeMembers();
    show(List.of(
        new Number("glued, quotes doubled",
            found("select email from lab.members where id = " + "1 or true".replace("'", "''"))),
        new Number("?", found("select email from lab.members where id = ?::int", "1 or true"))));

    makeMembers();
    update("insert into lab.members (id, name, email) values (5, ?, 'eve@example.com')",
        "Eve' union select card from lab.members --");           // bound, as it should be
    record Mailing(String name, String mail_goes_to) { }         // the nightly job, years later
    var mailings = new ArrayList<Mailing>();
    for (var row : query("select name from lab.members order by id").rows()) {
        var name = row.getFirst().orElseThrow();
        mailings.add(new Mailing(name,
            found("select email from lab.members where name = '" + name + "'")));
    }
    show(mailings);
    // end::one-quote[]
    expect("what is glued: the honest O'Brien is refused, and an attacker gets",
        List.of("42601", "4 rows", "4 rows"), searches.subList(1, 4).stream()
            .map(search -> search.glued().replaceAll("(rows).*", "$1")).toList());
    expect("cards changed by a search that was glued", 4L, searches.getLast().cards_changed());
    expect("what is bound finds Ann, O'Brien, and nobody else", List.of(1L, 1L, 0L, 0L, 0L),
        searches.stream().map(search -> rows(search.bound())).toList());
    expect("the name that was stored brings the cards", mailings.getLast().mail_goes_to(),
        text -> text.contains("4000056655665556"));

    step("no-parameter");                                        // tag::no-parameter[]
    var attempts = List.of(
        attempt("select name from lab.members where id = any (?::int[]) limit 2", "{3,1,2}"),
        attempt("select name from lab.members order by ?", "name desc"),
        attempt("select count(*) from ?", "lab.members"),
        attempt("select ? from lab.members limit 1", "email"),
        attempt("set statement_timeout = ?", "1s"),
        attempt("select set_config('statement_timeout', ?, false)", "1s"),
        attempt("listen ?", "news"),
        attempt("alter role current_user password ?", "correct horse"),
        attempt("do ?", "begin end"),
        attempt("create materialized view lab.some as select ?::int as n", "1"),
        attempt("select name from lab.members where name like ? || '%' order by id", "%"));
    show(attempts);
    // end::no-parameter[]
    expect("refused", List.of("42601", "42601", "42601", "42601", "42601"), attempts.stream()
        .map(Attempt::answer).filter(answer -> answer.equals("42601")).toList());
    expect("order by a parameter is accepted, and orders nothing", attempts.get(1).answer(),
        attempt("select name from lab.members", "").answer());

    step("order-by");                                            // tag::order-by[]
    makeMembers();
    var stolen = "";
    int asked = 0;
    for (int digit = 1; digit <= 16; digit++) {
        for (char guess = '0'; guess <= '9'; guess++) {
            asked++;
            var sort = "case when substr((select card from lab.members where name = 'Ann'), "
                + digit + ", 1) = '" + guess + "' then -id else id end";
            if (found("select name from lab.members order by " + sort).startsWith("4 rows: Dora")) {
                stolen += guess;
                break;
            }
        }
    }
    show("Ann's card, by " + asked + " lists of names: " + stolen);
    expect("it is hers", value(String.class, "select card from lab.members where name = 'Ann'"), stolen);

    var columns = Map.of("name", "name", "newest", "id desc");   // what the page may ask for
    UnaryOperator<String> likePrefix = text -> text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    record Page(String sort, String prefix, String answer) { }
    var pages = new ArrayList<Page>();
    for (var page : List.of(List.of("name", "A"), List.of("newest", ""), List.of("name", "%"),
            List.of("(select card from lab.members)", ""))) {
        var order = columns.get(page.get(0));
        pages.add(new Page(page.get(0), page.get(1), order == null ? "no such order"
            : found("select name from lab.members where name like ? order by " + order,
                likePrefix.apply(page.get(1)))));
    }
    show(pages);
    // end::order-by[]
    expect("only what is on the list gets into the text", List.of(1L, 4L, 0L, 0L),
        pages.stream().map(page -> rows(page.answer())).toList());

    sql("dynamic-sql", admin(), """
        -- tag::dynamic-sql[]
        set role course_owner;
        drop table if exists lab.payroll;
        create table lab.payroll (name text, email text, salary int);
        insert into lab.payroll values ('Boss', 'boss@example.com', 250000);
        revoke all on lab.payroll from course_app;

        create or replace function lab.find_glued(p_table text, p_name text) returns setof text
          language plpgsql security definer set search_path = lab, pg_temp as $$
        begin
          return query execute
            'select email from ' || p_table || ' where name = ''' || p_name || '''';
        end $$;
        create or replace function lab.find_formatted(p_table text, p_name text) returns setof text
          language plpgsql security definer set search_path = lab, pg_temp as $$
        begin
          return query execute format('select email from %I where name = $1', p_table) using p_name;
        end $$;

        set role course_app;
        select lab.find_glued('members', 'Ann') as honest;
        select lab.find_glued('members',
          ''' union select name || '' '' || salary from payroll --') as value_glued;
        select lab.find_formatted('members',
          ''' union select name || '' '' || salary from payroll --') as value_bound;
        select lab.find_formatted('payroll', 'Boss') as another_table;
        -- end::dynamic-sql[]
        """);
    expect("the app may not read the payroll", "42501",
        outcome(() -> execute(app(), "select * from lab.payroll")));
    expect("and reads it through the function", "Boss 250000", value(String.class,
        "select lab.find_glued('members', ''' union select name || '' '' || salary from payroll --')"));
    expect("also by the name of a table that was quoted well", "boss@example.com",
        value(String.class, "select lab.find_formatted('payroll', 'Boss')"));

    step("whose-hands");                                         // tag::whose-hands[]
    var damages = new ArrayList<Damage>();
    for (var injected : List.of(
            "update lab.members set card = 'mine'",
            "select salary from lab.payroll",
            "create table lab.mine (line text)",
            "drop table lab.members cascade",
            "alter table app.users disable trigger user",
            "create role mallory superuser login",
            "select pg_read_file(current_setting('hba_file'))",
            "create temp table said (line text); copy said from program 'echo hello'")) {
        damages.add(new Damage(injected, rehearsed(app(), injected), rehearsed(owner(), injected),
            rehearsed(admin(), injected)));
    }
    show(damages);
    // end::whose-hands[]
    expect("the app gets as far as its own rows", 1L,
        damages.stream().filter(damage -> damage.as_app().equals("accepted")).count());
    expect("the owner does what it likes with what it owns", 5L,
        damages.stream().filter(damage -> damage.as_owner().equals("accepted")).count());
    if (isSuperuser()) {
        expect("a superuser does all of it, a program on the server among it", 8L,
            damages.stream().filter(damage -> damage.as_superuser().equals("accepted")).count());
    }

    step("four-roles");                                          // tag::four-roles[]
    var migrator = newRole("migrator");
    var reader = newRole("reader");
    execute(admin(), "grant course_owner to " + migrator.user());
    execute(owner(), """
        drop table if exists lab.one, lab.two, lab.three, lab.five;
        create table lab.one (id int);
        grant usage on schema lab to %1$s;
        grant select on all tables in schema lab to %1$s;
        create table lab.two (id int);
        alter default privileges in schema lab grant select on tables to %1$s;
        create table lab.three (id int)""".formatted(reader.user()));
    execute(migrator, "create table lab.four (id int)");
    execute(migrator, "set role course_owner; create table lab.five (id int)");
    record May(String created, String app_reads, String reader_reads, String reader_writes) { }
    var tables = new LinkedHashMap<String, String>();
    tables.put("one", "before 'grant … on all tables'");
    tables.put("two", "after it");
    tables.put("three", "after 'default privileges', by the owner");
    tables.put("four", "by the migrator");
    tables.put("five", "by the migrator, after 'set role'");
    var mays = new ArrayList<May>();
    tables.forEach((table, created) -> mays.add(new May(created,
        rehearsed(app(), "select from lab." + table),
        rehearsed(reader, "select from lab." + table),
        rehearsed(reader, "insert into lab." + table + " values (1)"))));
    show(mays);

    execute(migrator, """
        create function lab.one() returns int return 1;
        alter default privileges in schema lab revoke execute on functions from public;
        create function lab.two() returns int return 2;
        alter default privileges revoke execute on functions from public;
        create function lab.three() returns int return 3""");
    record Call(String created, String reader_calls) { }
    show(List.of(new Call("as it comes", rehearsed(reader, "select lab.one()")),
        new Call("after 'in schema lab revoke'", rehearsed(reader, "select lab.two()")),
        new Call("after 'revoke'", rehearsed(reader, "select lab.three()"))));
    // end::four-roles[]
    expect("the reader reads what was there, and what default privileges cover",
        List.of("accepted", "42501", "accepted", "42501", "accepted"),
        mays.stream().map(May::reader_reads).toList());
    expect("the app has nothing of what the migrator makes in its own name", "42501", mays.get(3).app_reads());
    expect("a function is everybody's until that is revoked for all schemas", "accepted accepted 42501",
        String.join(" ", rehearsed(reader, "select lab.one()"), rehearsed(reader, "select lab.two()"),
            rehearsed(reader, "select lab.three()")));
    execute(migrator, "alter default privileges grant execute on functions to public");

    sql("whose-path", admin(), """
        -- tag::whose-path[]
        set role course_owner;
        create schema if not exists playground;          -- as public was, up to PostgreSQL 14
        grant usage, create on schema playground to course_app;
        drop function if exists playground.lower(varchar);
        drop table if exists lab.guests;
        create table lab.guests (email varchar(320));
        insert into lab.guests values ('Gus@Example.com');

        set role course_app;
        create function playground.lower(varchar) returns text language plpgsql as $$
        begin
          if current_user = 'course_owner' then
            grant select on lab.payroll to course_app;
          end if;
          return pg_catalog.lower($1::text);
        end $$;

        set role course_owner;
        revoke all on lab.payroll from course_app;
        set search_path = lab, playground;
        update guests set email = lower(email);          -- the owner tidies up
        select email, has_table_privilege('course_app', 'lab.payroll', 'select')
          as app_reads_the_payroll from guests;

        revoke all on lab.payroll from course_app;
        set search_path = lab, pg_temp;
        update guests set email = lower(email);
        select has_table_privilege('course_app', 'lab.payroll', 'select')
          as app_reads_the_payroll;
        -- end::whose-path[]
        """);
    execute(owner(), "set search_path = lab, playground; update guests set email = lower(email)");
    expect("the app reads the payroll, after a statement of the owner that names neither", "accepted",
        outcome(() -> execute(app(), "select * from lab.payroll")));
    execute(owner(), "revoke all on lab.payroll from course_app");

    step("who-reads-along");                                     // tag::who-reads-along[]
    execute(owner(), """
        create extension if not exists pgcrypto schema lab;
        drop table if exists lab.sent;
        create table lab.sent (id int primary key, ssn text check (length(ssn) = 11), sealed bytea);
        insert into lab.sent values (1)""");
    var guest = newRole("guest");
    var into = "insert into lab.sent (id, sealed) values (";
    var ways = new LinkedHashMap<String, Sending>();
    ways.put("glued, accepted", (c, secret) ->
        run(c, into + "2, lab.pgp_sym_encrypt('123-45-6789', '" + secret + "'))"));
    ways.put("glued, refused: a duplicate", (c, secret) ->
        run(c, into + "1, lab.pgp_sym_encrypt('123-45-6789', '" + secret + "'))"));
    ways.put("bound, accepted", (c, secret) ->
        run(c, into + "3, lab.pgp_sym_encrypt('123-45-6789', ?))", secret));
    ways.put("bound, refused: a check", (c, secret) ->
        run(c, "insert into lab.sent (id, ssn) values (4, ?)", secret));
    ways.put("glued into a do block", (c, secret) ->
        run(c, "do $$ begin perform lab.pgp_sym_encrypt('123-45-6789', '" + secret + "'); end $$"));
    ways.put("alter role … password '…'", (c, secret) ->
        run(c, "alter role " + guest.user() + " password '" + secret + "'"));
    ways.put("alterUserPassword of the driver", (c, secret) ->
        c.unwrap(PGConnection.class).alterUserPassword(guest.user(), secret.toCharArray(), null));
    ways.put("bound, log_parameter_max_length = 0", (c, secret) -> {
        run(c, "set log_parameter_max_length = 0");
        run(c, into + "5, lab.pgp_sym_encrypt('123-45-6789', ?))", secret);
    });
    var leaks = new ArrayList<Leak>();
    if (isSuperuser() && serverLog(() -> { }).isPresent()) {
        for (var way : ways.entrySet()) {
            leaks.add(leak(way.getKey(), way.getValue()));
        }
        show(leaks);
    } else {
        skipped("who reads along is seen by a superuser who can read the server's log");
    }
    // end::who-reads-along[]
    if (!leaks.isEmpty()) {
        expect("in the log as it comes: what was refused, and only that",
            List.of("glued, refused: a duplicate", "bound, refused: a check"),
            leaks.stream().filter(Leak::log).map(Leak::sent).toList());
        expect("kept back when every statement is logged",
            List.of("alterUserPassword of the driver", "bound, log_parameter_max_length = 0"),
            leaks.stream().filter(leak -> !leak.log_of_all()).map(Leak::sent).toList());
        expect("in the exception, so in the application's log", List.of("bound, refused: a check"),
            leaks.stream().filter(Leak::exception).map(Leak::sent).toList());
        if (countsStatements()) {
            expect("in pg_stat_statements", List.of("glued into a do block", "alter role … password '…'"),
                leaks.stream().filter(Leak::pg_stat_statements).map(Leak::sent).toList());
        }
    }

    step("passwords");                                           // tag::passwords[]
    record Kept(String password_encryption, String stored, String warning, String login) { }
    var kept = new ArrayList<Kept>();
    if (isSuperuser()) {
        for (var way : List.of("scram-sha-256", "md5")) {
            try (var c = admin().connect(); var s = c.createStatement()) {
                s.execute("set password_encryption = '" + way + "'");
                s.execute("alter role " + guest.user() + " password '" + guest.password() + "'");
                var warning = s.getWarnings() == null ? "" : s.getWarnings().getSQLState();
                var stored = valueAs(admin(), String.class,
                    "select rolpassword from pg_authid where rolname = ?", guest.user());
                kept.add(new Kept(way, stored, warning, outcome(() -> guest.connect().close())));
            }
        }
        show(kept);
        show(queryAs(admin(), """
            select type, address, auth_method, count(*) from pg_hba_file_rules
            group by type, address, auth_method order by type, address"""));
    } else {
        skipped("how passwords are stored is seen by a superuser only");
    }
    // end::passwords[]
    if (!kept.isEmpty()) {
        expect("stored are a verifier and a hash", true, kept.getFirst().stored().startsWith("SCRAM-SHA-256$")
            && kept.getLast().stored().matches("md5[0-9a-f]{32}"));
        expect("md5 comes with a warning", version() < 18 ? "" : "01P01", kept.getLast().warning());
        if (valueAs(admin(), Boolean.class, "select bool_and(auth_method = 'scram-sha-256') from pg_hba_file_rules "
                + "where type <> 'local'")) {
            expect("where SCRAM is asked for, who has an md5 hash stays outside", "28P01", kept.getLast().login());
        }
    }

    sqlFails("pgcrypto", owner(), "39000", """
        -- tag::pgcrypto[]
        create extension if not exists pgcrypto schema lab;
        set search_path = lab, pg_temp;
        drop table if exists patients;
        create table patients (id int primary key, name text, ssn bytea unique);
        insert into patients values
          (1, 'Ann',       pgp_sym_encrypt('123-45-6789', 'key of 2025')),
          (2, 'Ann again', pgp_sym_encrypt('123-45-6789', 'key of 2025')),
          (3, 'Bob',       pgp_sym_encrypt('987-65-4321', 'key of 2025'));

        select count(*) as found from patients
        where ssn = pgp_sym_encrypt('123-45-6789', 'key of 2025');
        select name, octet_length(ssn) as bytes from patients
        where pgp_sym_decrypt(ssn, 'key of 2025') = '123-45-6789';

        alter table patients drop constraint patients_ssn_key;   -- it did nothing anyway
        update patients set ssn = (select ssn from patients where name = 'Bob') where name = 'Ann';
        select name, pgp_sym_decrypt(ssn, 'key of 2025') as ssn from patients order by id;

        insert into patients values (4, 'Carl', pgp_sym_encrypt('555-55-5555', 'key of 2026'));
        select name, pgp_sym_decrypt(ssn, 'key of 2025') as ssn from patients;
        -- end::pgcrypto[]
        """);

    step("at-rest");                                             // tag::at-rest[]
    execute(owner(), """
        drop table if exists lab.card_files;
        create table lab.card_files (plain text, sealed bytea) with (autovacuum_enabled = off);
        insert into lab.card_files
          values ('secret 0017', lab.pgp_sym_encrypt('secret 0018', 'a key'));
        insert into lab.card_files values ('secret 0019', null);
        delete from lab.card_files where plain = 'secret 0019'""");
    record Disk(String written, String file, String file_after_vacuum_full, String wal) { }
    var disks = new ArrayList<Disk>();
    var written = new TreeMap<>(Map.of("secret 0017", "in clear", "secret 0018", "encrypted",
        "secret 0019", "in clear, and deleted"));
    if (isSuperuser()) {
        execute(admin(), "checkpoint");
        var files = new HashMap<String, String>();
        written.keySet().forEach(secret -> files.put(secret, inFile(secret)));
        // It waits for everybody who could still see the deleted row, for whom vacuum would keep it.
        execute(owner(), "create index concurrently on lab.card_files (plain)");
        execute(owner(), "vacuum full lab.card_files");
        execute(admin(), "checkpoint");
        written.forEach((secret, how) -> disks.add(
            new Disk(how, files.get(secret), inFile(secret), inWal(secret))));
        show(disks);
    } else {
        skipped("only a superuser may read the server's files");
    }
    // end::at-rest[]
    if (!disks.isEmpty()) {
        expect("the deleted row is in the file until that is written anew", "found -",
            disks.getLast().file() + " " + disks.getLast().file_after_vacuum_full());
        expect("and in the log from which replicas and backups live", List.of("found", "-", "found"),
            disks.stream().map(Disk::wal).toList());
    }

    step("sealed");                                              // tag::sealed[]
    record Safe(Map<Byte, SecretKey> keys, byte current) {
        byte[] seal(UUID row, String plain) throws GeneralSecurityException {
            var nonce = new byte[12];
            new SecureRandom().nextBytes(nonce);                 // never twice with one key
            var sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, row).doFinal(plain.getBytes());
            return ByteBuffer.allocate(13 + sealed.length).put(current).put(nonce).put(sealed).array();
        }

        String open(UUID row, byte[] sealed) throws GeneralSecurityException {
            var nonce = Arrays.copyOfRange(sealed, 1, 13);
            return new String(cipher(Cipher.DECRYPT_MODE, sealed[0], nonce, row)
                .doFinal(sealed, 13, sealed.length - 13));
        }

        Cipher cipher(int mode, byte key, byte[] nonce, UUID row) throws GeneralSecurityException {
            if (!keys.containsKey(key)) {
                throw new GeneralSecurityException("nobody gave us key " + key);
            }
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.get(key), new GCMParameterSpec(128, nonce));
            cipher.updateAAD((key + " people.ssn " + row).getBytes());
            return cipher;
        }
    }
    var key1 = KeyGenerator.getInstance("AES").generateKey();    // at work: of your key service
    var indexKey = KeyGenerator.getInstance("HmacSHA256").generateKey();
    var safe = new Safe(Map.of((byte) 1, key1), (byte) 1);
    Function<String, byte[]> index = ssn -> hmac(indexKey, ssn.replaceAll("\\D", ""));

    execute(owner(), """
        drop table if exists lab.people;
        create table lab.people (id uuid primary key, name text not null,
          ssn_sealed bytea not null, ssn_index bytea not null unique)""");
    var insert = "insert into lab.people values (?, ?, ?, ?)";
    UUID ann = UUID.randomUUID(), bob = UUID.randomUUID();
    update(insert, ann, "Ann", safe.seal(ann, "123-45-6789"), index.apply("123-45-6789"));
    update(insert, bob, "Bob", safe.seal(bob, "987-65-4321"), index.apply("987-65-4321"));
    show(query("select name, ssn_sealed, left(ssn_index::text, 18) as ssn_index from lab.people"));

    var byNumber = "select name from lab.people where ssn_index = ?";
    expect("who has this number?", "Ann", value(String.class, byNumber, index.apply("123 45 6789")));
    expect("the same number once more", "23505", outcome(() -> update(insert,
        UUID.randomUUID(), "Eve", safe.seal(ann, "123-45-6789"), index.apply("123456789"))));

    update("update lab.people set ssn_sealed = ? where id = ?", sealed(bob), ann);
    show(fails(() -> safe.open(ann, sealed(ann))));              // Bob's, in Ann's row
    update("update lab.people set ssn_sealed = ? where id = ?", safe.seal(ann, "123-45-6789"), ann);
    show("Ann: " + safe.open(ann, sealed(ann)));

    var plainHash = MessageDigest.getInstance("SHA-256").digest("123456789".getBytes());
    var ofAnn = value(byte[].class, "select ssn_index from lab.people where name = 'Ann'");
    record Guess(String stored, String million_guesses_later) { }
    var guesses = new ArrayList<Guess>();
    var ms = time(() -> guesses.add(new Guess("SHA-256", guess(plainHash))));
    guesses.add(new Guess("HMAC, its key unknown", guess(ofAnn)));
    show(guesses);
    show("A million guesses took %.1f s; all thousand million numbers would take %.0f minutes"
        .formatted(ms / 1000, ms / 60));
    // end::sealed[]
    expect("a value belongs to its row", true, fails(() -> safe.open(ann, sealed(bob))) instanceof AEADBadTagException);
    expect("two seals of one number differ", false,
        Arrays.equals(safe.seal(ann, "123-45-6789"), safe.seal(ann, "123-45-6789")));
    expect("a hash of few values is no secret", "123456789",
        guesses.getFirst().million_guesses_later());
    expect("with a key it is", "not found", guesses.getLast().million_guesses_later());

    step("rotation");                                            // tag::rotation[]
    var key2 = KeyGenerator.getInstance("AES").generateKey();
    var both = new Safe(Map.of((byte) 1, key1, (byte) 2, key2), (byte) 2);
    show(fails(() -> safe.open(ann, both.seal(ann, "123-45-6789"))));    // too early

    update("delete from lab.people where name like 'person %'");
    for (var id : List.of(ann, bob)) {
        update("update lab.people set ssn_sealed = ? where id = ?", safe.seal(id, "123-45-6789"), id);
    }
    var seen = sealed(ann);                                      // the rotator has read, …
    update("update lab.people set ssn_sealed = ? where id = ?", both.seal(ann, "111-11-1111"), ann);
    update("update lab.people set ssn_sealed = ? where id = ?",
        both.seal(ann, both.open(ann, seen)), ann);              // … and writes, too late
    show("Ann's new number, 111-11-1111, is lost: " + both.open(ann, sealed(ann)));
    update("update lab.people set ssn_sealed = ? where id = ?", both.seal(ann, "111-11-1111"), ann);
    expect("rows that a careful one changes", 0, update("update lab.people set ssn_sealed = ? "
        + "where id = ? and ssn_sealed = ?", both.seal(ann, both.open(ann, seen)), ann, seen));

    try (var c = app().connect(); var people = c.prepareStatement(insert)) {
        for (int n = 0; n < 500; n++) {
            var id = UUID.randomUUID();
            people.setObject(1, id);
            people.setString(2, "person " + n);
            people.setBytes(3, safe.seal(id, "number " + n));
            people.setBytes(4, index.apply("" + n));
            people.addBatch();
        }
        people.executeBatch();
    }
    var old = "select count(*) from lab.people where get_byte(ssn_sealed, 0) = 1";
    var before = value(Long.class, old);
    var reading = new AtomicBoolean(true);
    var reads = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var readers = IntStream.range(0, 2).mapToObj(n -> threads.submit(() -> {
            try (var c = app().connect();
                 var select = c.prepareStatement("select id, ssn_sealed from lab.people")) {
                while (reading.get()) {
                    for (var row = select.executeQuery(); row.next(); reads.incrementAndGet()) {
                        both.open(row.getObject(1, UUID.class), row.getBytes(2));
                    }
                }
                return null;
            }
        })).toList();
        await("somebody reads", () -> reads.get() > 0);
        try (var c = app().connect();
             var batch = c.prepareStatement("""
                 select id, ssn_sealed from lab.people where get_byte(ssn_sealed, 0) = 1
                 order by id limit 50 for update skip locked""");
             var write = c.prepareStatement("update lab.people set ssn_sealed = ? where id = ?")) {
            c.setAutoCommit(false);
            for (int done = 1; done > 0; c.commit()) {           // fifty, and let go of them
                done = 0;
                for (var row = batch.executeQuery(); row.next(); done++) {
                    var id = row.getObject(1, UUID.class);
                    write.setBytes(1, both.seal(id, both.open(id, row.getBytes(2))));
                    write.setObject(2, id);
                    write.executeUpdate();
                }
            }
        }
        reading.set(false);
        for (var each : readers) {
            each.get(10, TimeUnit.SECONDS);                      // throws what it could not open
        }
    }
    show("%d numbers under key 1 before, %d after; %d reads meanwhile, none failed"
        .formatted(before, value(Long.class, old), reads.get()));
    expect("numbers under key 1", 0L, value(Long.class, old));
    // end::rotation[]

    step("man-in-the-middle");                                   // tag::man-in-the-middle[]
    record Attack(String in_the_middle, String disable, String prefer, String require,
                  String verify_ca, String verify_full, String channel_binding) { }
    var matrix = new ArrayList<Attack>();
    var tls = tls();
    if (tls.isPresent()) {
        var trusted = "&sslrootcert=" + tls.get().root();
        var mallory = closing(Authority.create("Mallory"));
        var own = mallory.issue(List.of("127.0.0.1"));           // says it is the server's
        var foreign = tls.get().forHost("intranet.example");     // honest, of the same authority
        var men = new LinkedHashMap<String, Supplier<ManInTheMiddle>>();
        men.put("listens", () -> ManInTheMiddle.listening(app()));
        men.put("says: no TLS here", () -> ManInTheMiddle.refusingTls(app()));
        men.put("says so, and asks for the password", () -> ManInTheMiddle.askingForPassword(app()));
        men.put("shows his own certificate", () -> ManInTheMiddle.showing(own, app()));
        men.put("the same, TLS to the server", () -> ManInTheMiddle.relayingTls(own, app()));
        men.put("shows a certificate of another host", () -> ManInTheMiddle.showing(foreign, app()));
        for (var man : men.entrySet()) {
            matrix.add(new Attack(man.getKey(),
                meeting(man.getValue(), "sslmode=disable"),
                meeting(man.getValue(), "sslmode=prefer"),
                meeting(man.getValue(), "sslmode=require"),
                meeting(man.getValue(), "sslmode=verify-ca" + trusted),
                meeting(man.getValue(), "sslmode=verify-full" + trusted),
                meeting(man.getValue(), "sslmode=require&channelBinding=require")));
        }
        show(matrix);
        show(queryAs(tls.get().verified(app()), """
            select ssl, version, cipher from pg_stat_ssl where pid = pg_backend_pid()"""));
    }
    // end::man-in-the-middle[]
    if (!matrix.isEmpty()) {
        expect("who only prefers TLS is read by all but the clumsy", List.of("noise", "reads",
            "password", "reads", "refused", "reads"),
            matrix.stream().map(Attack::prefer).toList());
        expect("who requires it still talks to anybody with a certificate", List.of("noise", "refused",
            "refused", "reads", "refused", "reads"),
            matrix.stream().map(Attack::require).toList());
        expect("verify-ca takes any certificate of the authority", List.of("reads"),
            matrix.stream().map(Attack::verify_ca).filter(met -> met.equals("reads")).toList());
        for (var safest : List.<Function<Attack, String>>of(Attack::verify_full, Attack::channel_binding)) {
            expect("nobody is fooled", List.of("noise", "refused", "refused", "refused", "refused",
                "refused"), matrix.stream().map(safest).toList());
        }
    }

    sql("checklist", owner(), """
        -- tag::checklist[]
        with ours as (
          select oid, nspname, nspacl, nspowner from pg_namespace
          where nspname !~ '^pg_' and nspname <> 'information_schema'
        ), functions as (
          select p.*, n.nspname || '.' || p.proname as name
          from pg_proc p join ours n on n.oid = p.pronamespace
          where not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass
                            and d.objid = p.oid and d.deptype = 'e')
        ), relations as (
          select c.*, n.nspname || '.' || c.relname as name
          from pg_class c join ours n on n.oid = c.relnamespace
          where not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                            and d.objid = c.oid and d.deptype = 'e')
        )
        select 'roles' as about, 'superuser that may log in' as finding, rolname::text as what
        from pg_roles where rolsuper and rolcanlogin
        union all
        select 'roles', 'may log in, and passes by row security', rolname
        from pg_roles where rolbypassrls and rolcanlogin and not rolsuper
        union all
        select 'roles', 'may log in, and make roles', rolname
        from pg_roles where rolcreaterole and rolcanlogin and not rolsuper
        union all
        select 'schemas', 'others than its owner create in it', nspname || ': '
          || case grantee when 0 then 'everybody' else grantee::regrole::text end
        from ours, aclexplode(nspacl) where privilege_type = 'CREATE' and grantee <> nspowner
          and grantee <> 'pg_database_owner'::regrole
        union all
        select 'tables', 'granted to everybody: ' || lower(privilege_type), name
        from relations, aclexplode(relacl) where grantee = 0
        union all
        select 'tables', 'others may ' || lower(privilege_type), name || ': ' || grantee::regrole
        from relations, aclexplode(relacl)
        where privilege_type in ('TRUNCATE', 'TRIGGER') and grantee not in (0, relowner)
        union all
        select 'tables', 'has policies, and row security is off', name from relations
        where not relrowsecurity and exists (select from pg_policy where polrelid = relations.oid)
        union all
        select 'views', 'reads tables as its owner', name from relations
        where relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false)
        union all
        select 'functions', 'security definer, and the caller sets its search_path', name
        from functions where prosecdef
          and not exists (select from unnest(proconfig) as setting where setting ~ '^search_path=')
        union all
        select 'functions', 'security definer, and everybody may call it', name
        from functions where prosecdef and prorettype <> 'trigger'::regtype
          and (proacl is null or exists (select from aclexplode(proacl) where grantee = 0))
        union all
        select 'functions', 'builds statements out of text: read it', name
        from functions where prosrc ~* '(^|[^a-z_])execute[^a-z_]' and prosrc ~ '[|][|]'
        union all
        select 'extensions', 'reaches out of the database', extname
        from pg_extension where extname in ('dblink', 'file_fdw', 'postgres_fdw', 'adminpack')
          or extname like 'pl%u'
        union all
        select 'settings', case name when 'ssl' then 'connections in clear'
          when 'password_encryption' then 'passwords as md5'
          else 'parameters come into the log' end, name || ' = ' || setting
        from pg_settings
        where (name, setting) in (('ssl', 'off'), ('password_encryption', 'md5'))
          or name in ('log_min_duration_statement', 'log_min_duration_sample') and setting <> '-1'
          and current_setting('log_parameter_max_length') <> '0'
          or (name, setting) in (('log_statement', 'all'), ('log_statement', 'mod'))
        order by about, finding, what;
        -- end::checklist[]
        """);

    expect("functions of this lesson that everybody may call as their owner", 2L, valueAs(owner(), Long.class, """
        select count(*) from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
        where pronamespace = 'lab'::regnamespace and grantee = 0 and prosecdef"""));

    step("what-stays");                                          // tag::what-stays[]
    execute(owner(), """
        drop schema if exists lab cascade;
        drop schema if exists playground cascade""");
    show(migrate());

    var ida = """
        select app.create_user_with_profile('ida@example.com',
          '$pbkdf2-sha256$600000$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA', 'Ida');
        update app.profiles set %s where display_name = 'Ida'""";
    Function<byte[], String> hex = bytes -> "decode('" + HexFormat.of().formatHex(bytes) + "', 'hex')";
    var found = ", ssn_index = " + hex.apply(index.apply("123-45-6789"));
    var sealed = "ssn_sealed = " + hex.apply(both.seal(ann, "123-45-6789"));
    expect("a number in clear", "23514",
        rehearsed(admin(), ida.formatted("ssn_sealed = '123-45-6789'" + found)));
    expect("a sealed one that nobody finds", "23514", rehearsed(admin(), ida.formatted(sealed)));
    expect("sealed, with its index", "accepted", rehearsed(admin(), ida.formatted(sealed + found)));
    // end::what-stays[]
}

/** What somebody typed, what it finds when it is glued into the statement, and as a parameter. */
record Search(String typed, String glued, long cards_changed, String bound) { }

/** The number "1 or true", and what it finds. */
record Number(String where_id_is, String found) { }

/** A statement with a parameter, and what PostgreSQL answers. */
record Attempt(String statement, String parameter, String answer) { }

/** What an injected statement comes to, by whose connection it comes. */
record Damage(String injected, String as_app, String as_owner, String as_superuser) { }

/** Who reads a secret that was sent in this way. */
record Leak(String sent, boolean log, boolean log_of_all, boolean pg_stat_activity,
            boolean pg_stat_statements, boolean exception) { }

/** Sends a secret to the server. */
interface Sending {
    void send(Connection connection, String secret) throws Exception;
}

/** Ann, O'Brien, Carl and Dora, and their cards. */
void makeMembers() throws SQLException {
    execute(owner(), """
        create schema if not exists lab;                         -- the workbench of this lesson
        grant usage on schema lab to course_app;
        create table if not exists lab.members (
          id int primary key, name text not null, email text not null, card text
        );
        truncate lab.members;
        insert into lab.members values
          (1, 'Ann',     'ann@example.com',  '4000056655665556'),
          (2, 'O''Brien', 'ob@example.com',   '5500005555555559'),
          (3, 'Carl',    'carl@example.com', '340000000000009'),
          (4, 'Dora',    'dora@example.com', '6011000000000004')""");
}

/** What the app gets of a statement: its rows, or the SQLSTATE of a refusal. */
String found(String sql, String... parameters) throws SQLException {
    try (var c = app().connect(); var statement = c.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        if (!statement.execute()) {
            return "done";
        }
        var rows = new ArrayList<String>();
        for (var result = statement.getResultSet(); result.next(); ) {
            rows.add(result.getString(1));
        }
        return rows.size() + " row" + (rows.size() == 1 ? "" : "s") + (rows.isEmpty() ? "" : ": " + String.join(", ", rows));
    } catch (SQLException e) {
        return e.getSQLState();
    }
}

/** How many rows that were; none where it was refused. */
long rows(String found) {
    return found.contains(" row") ? Long.parseLong(found.replaceAll(" row.*", "")) : 0;
}

/** Runs the statement with its parameter. */
Attempt attempt(String sql, String parameter) throws SQLException {
    return new Attempt(sql, parameter, sql.contains("?") ? found(sql, parameter) : found(sql));
}

/** How a statement ends in a transaction that is rolled back. */
String rehearsed(Login login, String sql) {
    return outcome(() -> {
        try (var c = login.connect(); var s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute(sql);
            c.rollback();
        }
    });
}

/** Whether the admin of this server may do everything; of a server that somebody hosts for you, he may not. */
boolean isSuperuser() throws SQLException {
    return valueAs(admin(), Boolean.class, "select rolsuper from pg_roles where rolname = current_user");
}

/** Runs a statement with its parameters, as somebody who has a connection. */
void run(Connection connection, String sql, String... parameters) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        statement.execute();
    }
}

/** Sends a secret in this way, once as the server logs by itself and once when it logs all statements, and looks for it. */
Leak leak(String way, Sending sending) throws Exception {
    var secret = "secret-" + UUID.randomUUID().toString().substring(0, 8);
    try (var c = admin().connect()) {
        var message = new AtomicReference<>("");
        Work send = () -> {
            try {
                sending.send(c, secret);
            } catch (SQLException e) {
                message.set(e.getMessage());
            }
        };
        var log = serverLog(send).orElseThrow();
        var activity = valueAs(admin(), String.class, "select query from pg_stat_activity where pid = ?",
            c.unwrap(PGConnection.class).getBackendPID());
        execute(owner(), "delete from lab.sent where id > 1");
        run(c, "set log_statement = 'all'");
        var logOfAll = serverLog(send).orElseThrow();
        execute(owner(), "delete from lab.sent where id > 1");
        return new Leak(way, anyHas(log, secret), anyHas(logOfAll, secret), activity.contains(secret),
            countsStatements() && valueAs(admin(), Boolean.class,
                "select exists (select from lab.pg_stat_statements where strpos(query, ?) > 0)", secret),
            message.get().contains(secret));
    }
}

/** Whether one of the lines has the text. */
boolean anyHas(List<String> lines, String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
}

/** Whether the server remembers statements; makes the view that shows them. */
boolean countsStatements() throws SQLException {
    if (!valueAs(admin(), String.class, "select current_setting('shared_preload_libraries')")
            .contains("pg_stat_statements")) {
        return false;
    }
    execute(admin(), "create extension if not exists pg_stat_statements schema lab");
    return true;
}

/** Runs a statement of the app with its parameters; the rows that it changed. */
int update(String sql, Object... parameters) throws SQLException {
    try (var c = app().connect(); var statement = c.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement.executeUpdate();
    }
}

/** What is stored of somebody's number. */
byte[] sealed(UUID id) throws SQLException {
    return value(byte[].class, "select ssn_sealed from lab.people where id = ?", id);
}

/** A hash that only the owner of the key can compute. */
byte[] hmac(SecretKey key, String text) {
    try {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(text.getBytes());
    } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
}

/** Tries the million numbers that begin with 123. */
String guess(byte[] hash) throws GeneralSecurityException {
    var sha = MessageDigest.getInstance("SHA-256");
    for (int n = 123_000_000; n < 124_000_000; n++) {
        if (Arrays.equals(sha.digest(Integer.toString(n).getBytes()), hash)) {
            return Integer.toString(n);
        }
    }
    return "not found";
}

/** Whether a text stands in the file of the table, as the operating system has it. */
String inFile(String text) {
    return inFiles("select pg_relation_filepath('lab.card_files')", text);
}

/** Whether it stands in the write-ahead log. */
String inWal(String text) {
    return inFiles("select 'pg_wal/' || name from pg_ls_waldir() order by modification desc limit 3", text);
}

/** Whether one of the files has it; the superuser reads them, as a thief of the disk would. */
String inFiles(String names, String text) {
    try {
        return valueAs(admin(), Boolean.class, "select bool_or(position(convert_to(?, 'UTF8') in "
            + "pg_read_binary_file(name)) > 0) from (" + names + ") as file(name)", text) ? "found" : "-";
    } catch (SQLException e) {
        throw new IllegalStateException(e);
    }
}

/** How a client gets on by way of a man in the middle: refused, or served, and what that one has read. */
String meeting(Supplier<ManInTheMiddle> made, String options) throws Exception {
    var secret = "secret " + UUID.randomUUID();
    try (var man = made.get()) {
        var login = man.login();
        try (var c = DriverManager.getConnection(login.url() + "?" + options, login.user(), login.password())) {
            run(c, "select '" + secret + "'");
        } catch (SQLException e) {
            return man.saw(login.password()) ? "password" : "refused";
        }
        return man.saw(secret) ? "reads" : "noise";
    }
}
