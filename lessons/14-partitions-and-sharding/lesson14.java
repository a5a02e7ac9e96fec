///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS ../../engine/Course.java
import module java.base;
import module java.sql;
import java.sql.Connection;
import java.time.Duration;
import kernel.output.Output;
import lab.cluster.OwnCluster;
import org.flywaydb.core.Flyway;
import static script.Script.*;

/** Partitions and sharding: one machine first, then one table in pieces, then pieces on several machines. */
void main(String... args) throws Exception {
    begin("14-partitions-and-sharding", args);

    step("does-it-fit");                                         // tag::does-it-fit[]
    var size = queryAs(owner(), """
        select count(*) as rows, pg_total_relation_size('app.posts') / count(*) as bytes_a_row,
               pg_size_pretty(pg_total_relation_size('app.posts')) as with_indexes from app.posts""");
    show(size);
    execute(owner(), """
        create schema if not exists lab;                         -- the workbench of this lesson
        grant usage on schema lab to course_app;
        alter default privileges in schema lab grant all on tables to course_app;
        drop table if exists lab.measured;
        create table lab.measured (id bigint generated always as identity primary key, note text)""");
    var writes = writesInASecond(500);                           // one session, one row, one commit
    show("this machine, one session: some " + writes / 100 * 100 + " commits a second");

    var machine = new Machine("one that you can rent", 512, 16, 10_000);
    var bytes = Long.parseLong(size.rows().getFirst().get(1).orElseThrow());
    var loads = List.of(
        //        what              rows a day  bytes  kept  read: the days that are asked for
        new Load("this course",          1_000, bytes, 3650, 3650),
        new Load("a shop, large",      200_000, bytes, 3650,   90),
        new Load("your service",     1_000_000, bytes,  730,   30),       // put in your figures
        new Load("a messenger",    900_000_000, bytes, 1825,    7));
    show(loads.stream().map(load -> load.on(machine)).toList());
    // end::does-it-fit[]
    expect("the course and the shop fit, and the messenger does not", List.of("fits", "fits", "no: disk, memory, writes"),
        Stream.of(loads.get(0), loads.get(1), loads.getLast()).map(load -> load.on(machine).verdict()).toList());

    sql("three-ways-to-cut", owner(), """
        -- tag::three-ways-to-cut[]
        drop table if exists lab.visits, lab.orders, lab.carts;
        create table lab.visits (day date not null, user_id int not null, page text not null)
          partition by range (day);
        create table lab.orders (country text not null, amount int not null) partition by list (country);
        create table lab.carts (user_id int not null, item int not null) partition by hash (user_id);
        do $$
        begin
          for q in 1..4 loop                             -- a quarter each
            execute format('create table lab.visits_q%s partition of lab.visits
              for values from (%L) to (%L) with (autovacuum_enabled = off)', q,
              make_date(2025, 3 * q - 2, 1), make_date(2025, 3 * q - 2, 1) + interval '3 months');
          end loop;
          for n in 0..3 loop
            execute format('create table lab.carts_%s partition of lab.carts
              for values with (modulus 4, remainder %s) with (autovacuum_enabled = off)', n, n);
          end loop;
        end $$;
        create table lab.orders_de partition of lab.orders for values in ('DE')
          with (autovacuum_enabled = off);
        create table lab.orders_fr partition of lab.orders for values in ('FR')
          with (autovacuum_enabled = off);
        create table lab.orders_else partition of lab.orders default with (autovacuum_enabled = off);

        insert into lab.visits select date '2025-01-01' + n % 365, n % 1000, '/pages/' || n % 50
        from generate_series(1, 73000) n;
        insert into lab.orders select (array['DE', 'FR', 'IT'])[1 + n % 3], n from generate_series(1, 3000) n;
        insert into lab.carts select n % 5000, n from generate_series(1, 20000) n;
        analyze lab.visits, lab.orders, lab.carts;

        select tableoid::regclass as partition, count(*) as rows from lab.carts group by 1 order by 1;
        explain select count(*) from lab.visits
        where day between '2025-03-05' and '2025-03-09';  -- five days
        explain select count(*) from lab.orders where country = 'FR';  -- a country
        explain select count(*) from lab.carts where user_id = 7;  -- a user
        explain select count(*) from lab.carts
        where user_id between 7 and 8;  -- two users in a row
        -- end::three-ways-to-cut[]
        """);
    expect("partitions read: five days, a country, a user, two users in a row", List.of(1L, 1L, 1L, 4L), List.of(
        read("select count(*) from lab.visits where day between '2025-03-05' and '2025-03-09'"),
        read("select count(*) from lab.orders where country = 'FR'"),
        read("select count(*) from lab.carts where user_id = 7"),
        read("select count(*) from lab.carts where user_id between 7 and 8")));

    sql("pruned-later", owner(), """
        -- tag::pruned-later[]
        set plan_cache_mode = force_generic_plan;      -- as after five executions, where it pays
        deallocate all;
        prepare that_day (date) as select count(*) from lab.visits where day = $1;
        explain (analyze, timing off, summary off)
        execute that_day('2025-03-05');  -- a parameter

        explain (analyze, timing off, summary off)
        select count(*) from lab.visits
        where day = (select min(day) + 63 from lab.visits_q1);  -- a subquery

        explain select count(*) from lab.visits
        where date_trunc('month', day) = date '2025-03-01';  -- a function around the day
        explain select count(*) from lab.visits where user_id = 7;  -- another column
        -- end::pruned-later[]
        """);
    expect("partitions read: of a generic plan, of a subquery, under a function, of another column", List.of(1L, 1L, 4L, 4L), List.of(
        readWith("prepare that_day (date) as select count(*) from lab.visits where day = $1", "execute that_day('2025-03-05')"),
        read("select count(*) from lab.visits where day = (select min(day) + 63 from lab.visits_q1)") - 1,
        read("select count(*) from lab.visits where date_trunc('month', day) = date '2025-03-01'"),
        read("select count(*) from lab.visits where user_id = 7")));

    sql("other-keys", owner(), """
        -- tag::other-keys[]
        create or replace function lab.answer(statement text) returns text language plpgsql as $$
        begin
          execute statement;
          return 'accepted';
        exception when others then
          return sqlstate || ' ' || sqlerrm;
        end $$;
        drop table if exists lab.invoices;
        create table lab.invoices (id int not null, day date not null, email text not null)
          partition by range (day);
        create table lab.invoices_2024 partition of lab.invoices
          for values from ('2024-01-01') to ('2025-01-01');
        create table lab.invoices_2025 partition of lab.invoices
          for values from ('2025-01-01') to ('2026-01-01');

        select lab.answer('alter table lab.invoices add primary key (id)') as key_on_id;
        select lab.answer('alter table lab.invoices add unique (email)') as unique_email;
        alter table lab.invoices add primary key (id, day);
        insert into lab.invoices values (1, '2024-12-31', 'ann@example.com'),
          (1, '2025-01-01', 'ann@example.com');
        select tableoid::regclass as partition, id, day from lab.invoices order by day;

        update lab.invoices set day = '2025-02-01' where day = '2024-12-31' returning tableoid::regclass;
        select lab.answer($$insert into lab.invoices values (2, '2026-01-01', 'x')$$) as in_no_partition;

        create index invoices_email on only lab.invoices (email);    -- takes no time, and is invalid
        create index concurrently invoices_2024_email on lab.invoices_2024 (email);
        create index concurrently invoices_2025_email on lab.invoices_2025 (email);
        alter index lab.invoices_email attach partition lab.invoices_2024_email;
        alter index lab.invoices_email attach partition lab.invoices_2025_email;
        select indexrelid::regclass as index, indisvalid as valid from pg_index
        where indrelid = 'lab.invoices'::regclass order by 1;
        -- end::other-keys[]
        """);
    expect("a key without the column of the partitions", "0A000", outcome(() -> execute(owner(), "alter table lab.invoices add unique (id)")));
    expect("concurrently, on the whole", "0A000", outcome(() -> execute(owner(), "create index concurrently on lab.invoices (email, id)")));
    expect("a row that belongs nowhere", "23514", outcome(() -> execute(owner(), "insert into lab.invoices values (2, '2026-01-01', 'x')")));
    expect("and id 1 is there twice", 2L, valueAs(owner(), Long.class, "select count(*) from lab.invoices where id = 1"));

    sql("the-default", owner(), """
        -- tag::the-default[]
        drop table if exists lab.visits_2026_01, lab.visits_default;
        create table lab.visits_default partition of lab.visits default with (autovacuum_enabled = off);
        insert into lab.visits values ('2026-01-05', 7, '/new'), ('2026-01-06', 8, '/year');
        select lab.answer($$create table lab.visits_2026_01 partition of lab.visits
          for values from ('2026-01-01') to ('2026-02-01')$$) as january;

        begin;                                                 -- February, which has no rows yet
        create table lab.visits_2026_02 (like lab.visits);
        alter table lab.visits attach partition lab.visits_2026_02
          for values from ('2026-02-01') to ('2026-03-01');
        select relation::regclass as locked, mode from pg_locks
        where pid = pg_backend_pid() and relation in ('lab.visits'::regclass, 'lab.visits_default'::regclass)
        order by 1, 2;
        rollback;

        begin;                                                 -- January, with what is there
        alter table lab.visits detach partition lab.visits_default;
        create table lab.visits_2026_01 (like lab.visits) with (autovacuum_enabled = off);
        with moved as (delete from lab.visits_default
                       where day >= '2026-01-01' and day < '2026-02-01' returning *)
        insert into lab.visits_2026_01 select * from moved;
        alter table lab.visits attach partition lab.visits_2026_01
          for values from ('2026-01-01') to ('2026-02-01');
        alter table lab.visits attach partition lab.visits_default default;
        commit;
        select tableoid::regclass as partition, count(*) as rows from lab.visits
        where day >= '2026-01-01' group by 1;
        -- end::the-default[]
        """);
    expect("both rows have moved", 2L, valueAs(owner(), Long.class, "select count(*) from lab.visits_2026_01"));
    expect("while rows wait in the default, their partition is refused", "23514", outcome(() -> execute(owner(), "insert into lab.visits "
        + "values ('2026-03-05', 7, '/'); create table lab.visits_2026_03 partition of lab.visits for values from ('2026-03-01') to ('2026-04-01')")));

    step("retention");                                           // tag::retention[]
    execute(owner(), """
        drop table if exists lab.visits_whole, lab.visits_cut;
        create table lab.visits_whole (like lab.visits) with (autovacuum_enabled = off);
        create table lab.visits_cut (like lab.visits) partition by range (day);
        create table lab.visits_old partition of lab.visits_cut
          for values from ('2025-01-01') to ('2025-07-01') with (autovacuum_enabled = off);
        create table lab.visits_new partition of lab.visits_cut
          for values from ('2025-07-01') to ('2026-01-01') with (autovacuum_enabled = off);
        insert into lab.visits_whole select * from lab.visits where day < '2026-01-01';
        insert into lab.visits_cut select * from lab.visits where day < '2026-01-01'""");
    var cost = new ArrayList<Cost>();
    cost.add(cost("delete from lab.visits_whole where day < '2025-07-01'", "lab.visits_whole"));
    cost.add(cost("vacuum lab.visits_whole", "lab.visits_whole"));
    cost.add(cost("drop table lab.visits_old", "lab.visits_cut"));
    show(cost);
    // end::retention[]
    expect("kB of WAL that the delete writes, wanted over 1000", cost.getFirst().kb_of_wal(), kb -> kb > 1000);
    expect("after delete and vacuum the file is as large as before", cost.get(0).kb_before(), cost.get(1).kb_after());
    expect("and after the drop half as large", (double) cost.getLast().kb_after() / cost.getLast().kb_before(), r -> r < 0.6);

    step("detach");                                              // tag::detach[]
    execute(owner(), """
        drop table if exists lab.visits_default;                 -- not beside a default
        drop table if exists lab.visits_q1;
        create table lab.visits_q1 partition of lab.visits
          for values from ('2025-01-01') to ('2025-04-01') with (autovacuum_enabled = off)""");
    var report = session("a report");
    var admin = session("the retention job", owner());
    var user = session("a user");

    report.run("begin");
    report.run("select count(*) from lab.visits");
    admin.run("begin");
    admin.start("alter table lab.visits detach partition lab.visits_q1").awaitBlocked();
    user.start("insert into lab.visits values ('2025-05-05', 1, '/')").awaitBlocked();
    report.run("commit");
    admin.await();
    admin.run("rollback");
    user.await();

    report.run("begin");
    report.run("select count(*) from lab.visits");
    admin.start("alter table lab.visits detach partition lab.visits_q1 concurrently").awaitBlocked();
    user.run("insert into lab.visits values ('2025-05-05', 2, '/')");
    report.run("commit");
    admin.await();
    show(lanes(report, admin, user));
    execute(owner(), "drop table lab.visits_q1");                // nobody looks at it any more
    // end::detach[]
    expect("the quarter is gone", 0L, valueAs(owner(), Long.class, "select count(*) from lab.visits where day < '2025-04-01'"));
    execute(owner(), "create table lab.visits_spare partition of lab.visits default");
    expect("not beside a default partition", "55000", outcome(() ->
        execute(owner(), "alter table lab.visits detach partition lab.visits_q2 concurrently")));
    execute(owner(), "drop table lab.visits_spare");

    sql("piece-by-piece", owner(), """
        -- tag::piece-by-piece[]
        drop table if exists lab.wishes;
        create table lab.wishes (user_id int not null, wish text not null) partition by hash (user_id);
        do $$
        begin
          for n in 0..3 loop
            execute format('create table lab.wishes_%s partition of lab.wishes
              for values with (modulus 4, remainder %s) with (autovacuum_enabled = off)', n, n);
          end loop;
        end $$;
        insert into lab.wishes select n, 'a pony' from generate_series(1, 5000) n;
        analyze lab.wishes;
        set enable_partitionwise_join = off;               -- the default
        explain select count(*) from lab.carts
        join lab.wishes using (user_id);  -- joined as wholes
        set enable_partitionwise_join = on;
        explain select count(*) from lab.carts
        join lab.wishes using (user_id);  -- joined piece by piece
        -- end::piece-by-piece[]
        """);
    expect("joins: of all with all, and of each piece with its piece", List.of(1L, 4L), List.of(joins("off"), joins("on")));

    step("too-many");                                            // tag::too-many[]
    var numbers = List.of(1, 10, 100, 400);
    var planning = new LinkedHashMap<String, List<Double>>();
    for (var n : numbers) {
        execute(owner(), manyPartitions(n));
        planning.computeIfAbsent("one piece", _ -> new ArrayList<>())
            .add(planningMs("select * from lab.many where id = 7"));
        planning.computeIfAbsent("all pieces", _ -> new ArrayList<>())
            .add(planningMs("select * from lab.many where note = 'x'"));
    }
    execute(owner(), "drop table lab.many");
    show(chart("planning a query", "ms", numbers, planning).over("pieces of the table"));
    var all = planning.get("all pieces");
    expect("times as long with 400 pieces as with 10, wanted over 5",
        all.get(3) / all.get(1), r -> r > 5);
    // end::too-many[]

    step("get-shard-id");                                        // tag::get-shard-id[]
    var v4 = ids(10_000, 4);
    var v7 = ids(10_000, 7);                                     // made within 50 seconds
    var noDashes = v4.stream().map(id -> id.toString().replace("-", "")).toList();
    record Keys(String keys, String on_shards_0_to_7) { }
    show(List.of(
        new Keys("uuid v4", spread(strings(v4))),
        new Keys("v4, no dashes", spread(noDashes)),
        new Keys("uuid v7", spread(strings(v7)))));

    record Told(String what, String result) { }
    show(Stream.of("12", "zoe", "-5").map(id ->
        new Told("id " + id, "shard " + shown(getShardId(id, 8)))).toList());
    var moved = v4.stream().map(UUID::toString)
        .filter(id -> getShardId(id, 4) != getShardId(id, 5)).count();
    show("of 10000 ids, " + moved + " move from 4 shards to 5");

    var id = v4.getFirst();
    show(fails(() -> Integer.parseInt(id.toString(), 16)));      // word for word, in Java
    show(List.of(
        new Told("hashCode() % 8", negative(v4, 8) + " of 10000 below 0"),
        new Told("Math.abs(Integer.MIN_VALUE) % 5", "shard " + Math.abs(Integer.MIN_VALUE) % 5),
        new Told("Math.floorMod(Integer.MIN_VALUE, 5)", "shard " + Math.floorMod(Integer.MIN_VALUE, 5))));
    // end::get-shard-id[]
    expect("without dashes all are on shard 0", "10000 0 0 0 0 0 0 0", spread(noDashes));
    expect("shards that have ids of v7, wanted 2 at most", Stream.of(spread(strings(v7)).split(" ")).filter(n -> !n.equals("0")).count(), n -> n <= 2);
    expect("twelve is eighteen, a name is no number, and there is no shard -5", List.of("2", "NaN", "-5"),
        Stream.of("12", "zoe", "-5").map(text -> shown(getShardId(text, 8))).toList());
    expect("of 10000 that move, wanted 7500 to 8500", moved, n -> n > 7500 && n < 8500);
    expect("below 0, wanted over 3000", negative(v4, 8), n -> n > 3000);

    sql("which-key", """
        -- tag::which-key[]
        with companies as (                        -- 200 of them: few are large, most are small
          select n as company, 1 + i % 50 as page, n * 100000 + i as id
          from generate_series(1, 200) n, generate_series(1, 20000 / n) i
        ), placed as (
          select company, 'by id' as key, (hashint8extended(id, 0) & 1023) % 4 as server from companies
          union all
          select company, 'by company', (hashint8extended(company, 0) & 1023) % 4 from companies
        ), loads as (
          select key, server, count(*) as rows from placed group by key, server
        ), asked as (
          select key, company, count(distinct server) as servers from placed group by key, company
        )
        select key,
               (select round(avg(servers), 1) from asked a where a.key = l.key) as servers_a_company_asks,
               round(100 * max(rows) / sum(rows)) as percent_on_the_fullest
        from loads l group by key order by key desc;
        -- end::which-key[]
        """);
    expect("servers that hold the largest company when the id is the key, and when the company is", List.of(4L, 1L), List.of(
        value(Long.class, "select count(distinct (hashint8extended(100000 + i, 0) & 1023) % 4) from generate_series(1, 20000) i"),
        value(Long.class, "select count(distinct (hashint8extended(1, 0) & 1023) % 4) from generate_series(1, 20000) i")));

    step("four-become-five");                                    // tag::four-become-five[]
    int[] map4 = new int[1024], map5 = new int[1024];            // which bucket is on which server
    for (int bucket = 0; bucket < 1024; bucket++) {
        map4[bucket] = bucket % 4;
        map5[bucket] = bucket % 5 == 4 ? 4 : map4[bucket];       // the new one gets a fifth of them
    }
    var changes = new ArrayList<Change>();
    for (var ids : List.of(ids(20_000, 4), ids(20_000, 7))) {
        changes.add(change("bucket % servers", ids, key -> bucket(key) % 4, key -> bucket(key) % 5));
        changes.add(change("buckets and a map", ids, key -> map4[bucket(key)], key -> map5[bucket(key)]));
        changes.add(change("rendezvous", ids, key -> rendezvous(key, 4), key -> rendezvous(key, 5)));
    }
    show(changes);
    // end::four-become-five[]
    for (var change : changes) {
        var modulo = change.way().equals("bucket % servers");
        expect(change.way() + ": percent that move", change.percent_moved(), n -> modulo ? n >= 75 && n <= 85 : n >= 17 && n <= 23);
        expect("and from an old server to an old one", change.between_old(), n -> modulo ? n > 50 : n == 0);
    }
    for (var ids : List.of(ids(20_000, 4), ids(20_000, 7))) {    // 29.9 is exceeded once in 10 000 times
        expect("chi-squared of the buckets over 8 servers, wanted under 29.9", chiSquared(ids, 8), x -> x < 29.9);
    }

    step("three-servers");                                       // tag::three-servers[]
    var clusters = clusters();
    show(clusters.describe());
    var began = System.nanoTime();
    var first = clusters.create("first");
    first.set(Map.of("wal_level", "logical", "max_prepared_transactions", "10", "autovacuum", "off"));
    var second = clusters.on(first.data(), "second");            // copies: one initdb is enough
    var third = clusters.on(first.data(), "third");
    var servers = List.of(first, second, third);
    for (var server : servers) {
        server.start();
    }
    show("ready after %.1f s".formatted((System.nanoTime() - began) / 1e9));

    for (var server : servers) {
        execute(server.admin(), """
            create table orders_here (id int not null, customer int not null, amount int not null);
            create table customers_here (customer int not null, name text not null);
            create index on orders_here (customer);
            create index on customers_here (customer)""");
    }
    link(first, "second", second);                               // create server, create user mapping
    link(first, "third", third);
    execute(first.admin(), """
        create table orders (id int not null, customer int not null, amount int not null)
          partition by hash (customer);
        alter table orders attach partition orders_here for values with (modulus 3, remainder 0);
        create foreign table orders_second partition of orders for values with (modulus 3, remainder 1)
          server second options (table_name 'orders_here');
        create foreign table orders_third partition of orders for values with (modulus 3, remainder 2)
          server third options (table_name 'orders_here');

        create table customers (customer int not null, name text not null) partition by hash (customer);
        alter table customers attach partition customers_here for values with (modulus 3, remainder 0);
        create foreign table customers_second partition of customers
          for values with (modulus 3, remainder 1) server second options (table_name 'customers_here');
        create foreign table customers_third partition of customers
          for values with (modulus 3, remainder 2) server third options (table_name 'customers_here');

        insert into customers select n, 'customer ' || n from generate_series(1, 1500) n;
        insert into orders select n, 1 + n % 1500, n % 100 from generate_series(1, 15000) n""");
    for (var server : servers) {
        execute(server.admin(), "analyze");
    }
    show(queryAs(first.admin(), "select tableoid::regclass as partition, count(*) as orders from orders "
        + "group by 1 order by 1"));
    // end::three-servers[]
    expect("no server has more than two fifths of the orders", numbers(servers,
        "select count(*) from orders_here"), counts -> counts.stream().allMatch(n -> n < 6000) && sum(counts) == 15_000);

    step("who-does-the-work");                                   // tag::who-does-the-work[]
    execute(first.admin(), "create or replace function is_big(amount int) returns boolean "
        + "immutable language plpgsql as 'begin return amount > 97; end'");
    var customer = valueAs(first.admin(), Integer.class, "select min(customer) from orders_second");
    var byCustomer = "select customer, sum(amount) from orders group by customer";
    var joined = "select name, amount from orders join customers using (customer) where amount > 97";
    var fetched = new ArrayList<Fetched>();
    try (var front = first.admin().connect(); var back = second.admin().connect()) {
        for (var piece : List.of("off", "on")) {
            set(front, "enable_partitionwise_aggregate", piece);
            set(front, "enable_partitionwise_join", piece);
            fetched.add(fetched(front, piece, "select * from orders where customer = " + customer));
            fetched.add(fetched(front, piece, "select * from orders where amount > 97"));
            fetched.add(fetched(front, piece, "select * from orders where is_big(amount)"));
            fetched.add(fetched(front, piece, byCustomer));
            fetched.add(fetched(front, piece, joined));
            fetched.add(fetched(front, piece, "select count(distinct amount) from orders"));
        }
        show(fetched);

        show(plan(front, byCustomer).titled("on the first server"));
        var sent = remoteSql(front, byCustomer, "second");
        show("sent to the second: " + sent);
        show(plan(back, sent).titled("on the second server"));
    }
    // end::who-does-the-work[]
    expect("rows that come over the network, piece by piece off and on", true, fetched.size() == 12
        && fetched.get(0).fetched() <= 20 && fetched.get(2).fetched() > 9_000 && fetched.get(3).fetched() > 9_000
        && fetched.get(9).fetched() < 1_200 && fetched.get(10).fetched() < 400);

    step("one-dies-between");                                    // tag::one-dies-between[]
    for (var server : List.of(second, third)) {
        execute(server.admin(), """
            drop table if exists accounts;
            create table accounts (owner text primary key, euros int not null);
            insert into accounts values ('ann', 100), ('bob', 100)""");
    }
    var annPays = "update accounts set euros = euros - 50 where owner = 'ann'";
    var bobGets = "update accounts set euros = euros + 50 where owner = 'bob'";
    try (var ann = second.admin().connect(); var bob = third.admin().connect()) {
        ann.setAutoCommit(false);
        bob.setAutoCommit(false);
        run(ann, annPays);
        run(bob, bobGets);
        ann.commit();
        third.kill();                                            // in just this moment
        show(fails(bob::commit));
    }
    third.start();                                               // and has forgotten Bob's update
    show("Ann has " + euros(second, "ann") + ", Bob has " + euros(third, "bob"));
    expect("of 200, there are left", 150L, euros(second, "ann") + euros(third, "bob"));

    execute(second.admin(), "begin; " + annPays.replace("-", "+") + "; commit");   // by hand
    execute(second.admin(), "begin; " + annPays + "; prepare transaction 'transfer 1'");
    execute(third.admin(), "begin; " + bobGets + "; prepare transaction 'transfer 1'");
    execute(second.admin(), "commit prepared 'transfer 1'");     // both have promised: now it is decided
    third.kill();
    third.start();
    show(queryAs(third.admin(), "select gid, owner, database from pg_prepared_xacts"));
    execute(third.admin(), "commit prepared 'transfer 1'");
    expect("nothing is lost", 200L, euros(second, "ann") + euros(third, "bob"));

    execute(third.admin(), "begin; " + bobGets + "; prepare transaction 'transfer 2'");
    third.stop();                                                // and the program is gone, too
    third.start();
    show(fails(() -> execute(third.admin(), "set lock_timeout = '300ms'; " + bobGets)));
    execute(third.admin(), "rollback prepared 'transfer 2'");    // somebody has to
    relink(first, "third", third);                               // it has another port
    show(fails(() -> execute(first.admin(),
        "begin; update orders set amount = 1 where id = 1; prepare transaction 'orders'")));
    // end::one-dies-between[]
    expect("not with foreign tables", "0A000", outcome(() -> execute(first.admin(),
        "begin; update orders set amount = amount; prepare transaction 'orders'")));

    step("one-email");                                           // tag::one-email[]
    for (var server : servers) {
        execute(server.admin(), """
            drop table if exists users cascade;
            drop table if exists emails;
            create table users (id uuid primary key, email text not null unique);
            create table emails (email text primary key, user_id uuid not null)""");
    }
    show(fails(() -> execute(first.admin(), """
        begin;
        create table people (id uuid not null, email text not null, unique (id)) partition by hash (id);
        create foreign table people_second partition of people for values with (modulus 2, remainder 1)
          server second""")));

    var names = IntStream.range(0, 6).mapToObj(n -> "user" + n + "@example.com").toList();
    atOnce(4, names, email -> {                                  // four times each, at the same time
        var person = UUID.randomUUID();
        try (var c = servers.get(bucket(person) % 3).admin().connect()) {
            register(c, person, email);
        }
    });
    show("unique on each server: " + users(servers) + " users with 6 e-mails");
    var twice = users(servers);

    for (var server : servers) {
        execute(server.admin(), "truncate users");
    }
    atOnce(4, names, email -> {
        var person = UUID.randomUUID();
        try (var directory = servers.get(Math.floorMod(email.hashCode(), 3)).admin().connect();
             var c = servers.get(bucket(person) % 3).admin().connect()) {
            if (claim(directory, email, person)) {                 // first the e-mail, then the user
                register(c, person, email);
            }
        }
    });
    show("with a directory: " + users(servers) + " users with 6 e-mails");
    // end::one-email[]
    expect("users, wanted over 6", twice, n -> n > 6);
    expect("users, with the directory", 6L, users(servers));

    step("move-a-bucket");                                       // tag::move-a-bucket[]
    for (var server : servers) {
        execute(server.admin(), """
            drop table if exists events, owned;
            create table owned (bucket int primary key);         -- the buckets that live here
            create table events (bucket int not null, id uuid not null, primary key (bucket, id))""");
    }
    execute(second.admin(), "insert into owned values (5), (6)");
    var map = new ConcurrentHashMap<>(Map.of(5, second, 6, second));
    var writers = new Writers(map, 4);                           // four threads, to both buckets
    await("there is something to move", () -> writers.written(5) > 100);

    execute(second.admin(), "create publication bucket_5 for table events where (bucket = 5)");
    execute(third.admin(), "create subscription bucket_5 connection '" + conninfo(second)
        + "' publication bucket_5");                             // copies, then follows
    await("the copy has caught up", () -> valueAs(third.admin(), Boolean.class,
        "select bool_and(srsubstate = 'r') from pg_subscription_rel"));

    var retries = writers.retries();
    var fenced = System.nanoTime();
    var last = new UUID(0, 0);                                   // the last row of the old place
    execute(second.admin(), "begin; delete from owned where bucket = 5;"     // waits for who is writing
        + "insert into events values (5, '" + last + "'); commit");
    await("the last row is there", () -> valueAs(third.admin(), Boolean.class,
        "select exists (select from events where bucket = 5 and id = ?)", last));
    execute(third.admin(), "delete from events where bucket = 5 and id = '" + last + "'");
    execute(third.admin(), "insert into owned values (5)");
    map.put(5, third);
    show("fenced for %.0f ms, %d tries came back".formatted(
        (System.nanoTime() - fenced) / 1e6, writers.retries() - retries));

    await("it is written to its new place", () -> writers.since(100));
    writers.close();
    execute(third.admin(), "drop subscription bucket_5");        // and its slot on the other side
    execute(second.admin(), "delete from events where bucket = 5");
    execute(second.admin(), "drop publication bucket_5");
    record Bucket(int bucket, long acknowledged, long on_second, long on_third) { }
    var buckets = new ArrayList<Bucket>();
    for (var bucket : List.of(5, 6)) {
        var count = "select count(*) from events where bucket = " + bucket;
        buckets.add(new Bucket(bucket, writers.written(bucket),
            number(second, count), number(third, count)));
    }
    show(buckets);
    // end::move-a-bucket[]
    expect("every write that was acknowledged is in the new place", buckets.get(0).acknowledged(), buckets.get(0).on_third());
    expect("and those of the other bucket where they were", buckets.get(1).acknowledged(), buckets.get(1).on_second());
    expect("no writer has failed", List.of(), writers.failures());

    step("three-of-everything");                                 // tag::three-of-everything[]
    var files = folder("catalog");
    Files.writeString(files.resolve("V1__tags.sql"),
        "create table tags (id bigint generated always as identity primary key, name text not null);");
    for (var server : servers) {
        execute(server.admin(), "drop schema if exists catalog cascade");
        flyway(server, files).migrate();
        execute(server.admin(), "insert into catalog.tags (name) values ('java'), ('sql'), ('sql')");
    }
    record Ids(String ids, long tags, long different_ids) { }
    var each = new ArrayList<Ids>();
    each.add(new Ids("identity", tagIds(servers).size(), Set.copyOf(tagIds(servers)).size()));
    for (int n = 0; n < 3; n++) {                                // with room for ten servers
        execute(servers.get(n).admin(), "truncate catalog.tags; alter table catalog.tags "
            + "alter id set increment by 10 restart with " + (n + 1));
        execute(servers.get(n).admin(), "insert into catalog.tags (name) "
            + "values ('java'), ('sql'), ('jdbc')");
    }
    each.add(new Ids("increment by 10", tagIds(servers).size(), Set.copyOf(tagIds(servers)).size()));
    show(each);

    execute(third.admin(), "insert into catalog.tags (name) values ('sql')");   // only there
    Files.writeString(files.resolve("V2__unique.sql"), "create unique index on tags (name);");
    record Version(String server, String migration, String version) { }
    var versions = new ArrayList<Version>();
    for (int n = 0; n < 3; n++) {
        var server = servers.get(n);
        versions.add(new Version(List.of("first", "second", "third").get(n),
            outcome(() -> flyway(server, files).migrate()), valueAs(server.admin(), String.class,
            "select max(version) from catalog.flyway_schema_history where success")));
    }
    show(versions);

    var most = valueAs(first.admin(), Integer.class, "select current_setting('max_connections')::int");
    record Pools(int instances, int pool, int servers, int of_each, int at_a_server, boolean let_in) { }
    var plans = new int[][] {{4, 10, 1}, {12, 10, 1}, {12, 10, 3}, {12, 4, 3}};
    show(Stream.of(plans).map(p -> new Pools(p[0], p[1], p[2],
        p[1] * p[2], p[0] * p[1], p[0] * p[1] <= most - 3)).toList());          // 3 are the superuser's
    // end::three-of-everything[]
    expect("ids of nine tags, from a sequence each and with gaps", List.of(3L, 9L), each.stream().map(Ids::different_ids).toList());
    expect("two servers have version 2, and one has not", List.of("2", "2", "1"), versions.stream().map(Version::version).toList());

    step("what-stays");                                          // tag::what-stays[]
    show(migrate());
    // end::what-stays[]
    execute(owner(), "drop schema if exists lab cascade");
}

/** How many rows a second one session writes, a commit for each. */
long writesInASecond(int rows) throws Exception {
    try (var connection = owner().connect();
         var insert = connection.prepareStatement("insert into lab.measured (note) values ('a row')")) {
        return (long) (rows / time(() -> {
            for (int i = 0; i < rows; i++) {
                insert.executeUpdate();
            }
        }) * 1000);
    }
}

/** A server: its memory in GB, its disk in TB, and the commits that it takes in a second. */
record Machine(String what, double memory, double disk, double writes) { }

/** What a service asks of its database. */
record Load(String what, long rowsADay, long bytes, int kept, int read) {
    /** The size of everything, of what is read often, and the writes of the worst minute, ten times those of an average one. */
    Fit on(Machine machine) {
        var disk = (double) rowsADay * bytes * kept / 1e12;
        var memory = (double) rowsADay * bytes * read / 1e9;
        var writes = rowsADay / 86_400.0 * 10;
        var bad = new ArrayList<String>();
        if (disk > machine.disk() / 2) {                         // room for a dump, an index, a bad day
            bad.add("disk");
        }
        if (memory > machine.memory() / 2) {
            bad.add("memory");
        }
        if (writes > machine.writes()) {
            bad.add("writes");
        }
        return new Fit(what, "%.2f TB".formatted(disk), "%.0f GB".formatted(memory), "%.0f".formatted(writes),
            bad.isEmpty() ? "fits" : "no: " + String.join(", ", bad));
    }
}

/** Whether it fits. */
record Fit(String what, String disk, String hot, String writes, String verdict) { }

/** How many tables a query reads, as the app. */
long read(String sql) throws SQLException {
    return readBy(plan(sql));
}

/** The same, of a generic plan of what was prepared. */
long readWith(String prepare, String execute) throws SQLException {
    try (var connection = app().connect(); var statement = connection.createStatement()) {
        statement.execute("set plan_cache_mode = force_generic_plan");
        statement.execute(prepare);
        return readBy(plan(connection, execute));
    }
}

/** How many tables a plan has read; a node that nobody asked for a row has read nothing. */
long readBy(Output.Plan plan) {
    return nodes(plan).stream().filter(node -> node.type().endsWith("Scan") && node.loops() > 0).count();
}

/** How many joins a plan has. */
long joins(String partitionwise) throws SQLException {
    try (var connection = app().connect(); var statement = connection.createStatement()) {
        statement.execute("set enable_partitionwise_join = " + partitionwise);
        return nodes(plan(connection, "select count(*) from lab.carts join lab.wishes using (user_id)")).stream()
            .filter(node -> node.type().endsWith("Join") || node.type().equals("Nested Loop")).count();
    }
}

/** What a statement cost: the WAL that it wrote, and a table's size before and after. */
record Cost(String statement, long kb_of_wal, long kb_before, long kb_after) { }

/** Runs a statement and says what it cost. */
Cost cost(String statement, String table) throws SQLException {
    var before = withPartitions(table);
    var from = valueAs(owner(), String.class, "select pg_current_wal_insert_lsn()::text");
    execute(owner(), statement);
    var wal = valueAs(owner(), Long.class, "select (pg_current_wal_insert_lsn() - ?::pg_lsn)::bigint / 1024", from);
    return new Cost(statement, wal, before, withPartitions(table));
}

/** The size of a table and its partitions, in kilobytes. */
long withPartitions(String table) throws SQLException {
    return valueAs(owner(), Long.class, """
        select (pg_relation_size(t) + coalesce((select sum(pg_relation_size(relid)) from pg_partition_tree(t)
                where relid <> t), 0))::bigint / 1024 from (select ?::text::regclass as t)""", table);
}

/** SQL for a table of so many partitions. */
String manyPartitions(int n) {
    return """
        drop table if exists lab.many;
        create table lab.many (id int not null, note text) partition by hash (id);
        do $$
        begin
          for n in 0..%d loop
            execute format('create table lab.many_%%s partition of lab.many
              for values with (modulus %d, remainder %%s) with (autovacuum_enabled = off)', n, n);
          end loop;
        end $$""".formatted(n - 1, n);
}

/** The milliseconds that PostgreSQL plans a query, the least of three times. */
double planningMs(String sql) throws SQLException {
    try (var connection = app().connect()) {
        var best = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            best = Math.min(best, plan(connection, sql).planningMs());
        }
        return best;
    }
}

/** Ids of version 4 or 7, the same in each run; those of version 7 were made within 50 seconds. */
List<UUID> ids(int n, int version) {
    var random = new Random(14);
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < n; i++) {
        var start = version == 4 ? random.nextLong() : (1_764_000_000_000L + 50_000L * i / n) << 16 | random.nextLong() & 0xffff;
        ids.add(new UUID(start & ~0xf000L | (long) version << 12, random.nextLong() >>> 2 | 1L << 63));
    }
    return ids;
}

/** The ids as text, with dashes. */
List<String> strings(List<UUID> ids) {
    return ids.stream().map(UUID::toString).toList();
}

/** The source's function, as JavaScript computes it: {@code parseInt(id, 16) % shards}. */
double getShardId(String id, int shards) {
    return parseInt16(id) % shards;
}

/** What parseInt(text, 16) gives: digits as long as there are any, as a double; NaN where there is none. */
double parseInt16(String text) {
    var negative = text.startsWith("-");
    var digits = text.substring(negative ? 1 : 0).chars().map(c -> Character.digit(c, 16)).takeWhile(d -> d >= 0).toArray();
    var number = digits.length == 0 ? Double.NaN : new BigInteger(IntStream.of(digits)
        .mapToObj(d -> Integer.toString(d, 16)).collect(Collectors.joining()), 16).doubleValue();
    return negative ? -number : number;
}

/** A shard as JavaScript prints it. */
String shown(double shard) {
    return Double.isNaN(shard) ? "NaN" : String.valueOf((long) shard);
}

/** How many ids the source's function has on each of eight shards. */
String spread(List<String> ids) {
    var on = new int[8];
    ids.forEach(id -> on[(int) getShardId(id, 8)]++);
    return IntStream.of(on).mapToObj(String::valueOf).collect(Collectors.joining(" "));
}

/** How many ids have a negative remainder. */
long negative(List<UUID> ids, int shards) {
    return ids.stream().filter(id -> id.hashCode() % shards < 0).count();
}

/** Mixes all bits into all bits: the end of MurmurHash3, written out so that no library can change it. */
long mix(long bits) {
    bits = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    bits = (bits ^ bits >>> 33) * 0xc4ceb9fe1a85ec53L;
    return bits ^ bits >>> 33;
}

/** The bucket of an id, 0 to 1023, for ever. */
int bucket(UUID id) {
    return (int) (mix(mix(id.getMostSignificantBits()) ^ id.getLeastSignificantBits()) & 1023);
}

/** The server whose lot is the highest: each draws one for each id. */
int rendezvous(UUID id, int servers) {
    var best = 0;
    for (int server = 1; server < servers; server++) {
        if (lot(id, server) > lot(id, best)) {
            best = server;
        }
    }
    return best;
}

long lot(UUID id, int server) {
    return mix(mix(mix(server + 1) ^ id.getMostSignificantBits()) ^ id.getLeastSignificantBits());
}

/** What a fifth server changes; the spread is the fullest server's ids, by the emptiest one's. */
record Change(String way, int version, long percent_moved, long between_old, String spread) { }

/** What a way from ids to servers moves when the fifth server is added. */
Change change(String way, List<UUID> ids, ToIntFunction<UUID> before, ToIntFunction<UUID> after) {
    var moved = ids.stream().filter(id -> before.applyAsInt(id) != after.applyAsInt(id)).toList();
    var old = moved.stream().filter(id -> after.applyAsInt(id) < 4).count();
    var on = new int[5];
    ids.forEach(id -> on[after.applyAsInt(id)]++);
    return new Change(way, ids.getFirst().version(), Math.round(100.0 * moved.size() / ids.size()), old,
        "%.2f".formatted((double) IntStream.of(on).max().orElse(0) / IntStream.of(on).min().orElse(1)));
}

/** How far the servers are from having the same number of ids. */
double chiSquared(List<UUID> ids, int servers) {
    var on = new int[servers];
    ids.forEach(id -> on[bucket(id) % servers]++);
    var even = (double) ids.size() / servers;
    return IntStream.of(on).mapToDouble(n -> (n - even) * (n - even) / even).sum();
}

/** The number that a query gives on each server. */
List<Long> numbers(List<OwnCluster> servers, String sql) throws SQLException {
    var numbers = new ArrayList<Long>();
    for (var server : servers) {
        numbers.add(number(server, sql));
    }
    return numbers;
}

long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
}

/** How libpq reaches a server. */
String conninfo(OwnCluster server) {
    var login = server.admin();
    return "host=127.0.0.1 port=" + port(server) + " dbname=postgres user=" + login.user() + " password=" + login.password();
}

int port(OwnCluster server) {
    return URI.create(server.admin().url().substring("jdbc:".length())).getPort();
}

/** Has one server reach another as a foreign server of this name. */
void link(OwnCluster from, String name, OwnCluster to) throws SQLException {
    execute(from.admin(), """
        create extension if not exists postgres_fdw;
        drop server if exists %1$s cascade;
        create server %1$s foreign data wrapper postgres_fdw options (host '127.0.0.1', port '%2$d',
          dbname 'postgres', batch_size '1000', use_remote_estimate 'true', async_capable 'true');
        create user mapping for current_user server %1$s options (user '%3$s', password '%4$s')
        """.formatted(name, port(to), to.admin().user(), to.admin().password()));
}

/** Tells one server where another is now. */
void relink(OwnCluster from, String name, OwnCluster to) throws SQLException {
    execute(from.admin(), "alter server " + name + " options (set port '" + port(to) + "')");
}

/** Another setting, for this session. */
void set(Connection connection, String setting, String value) throws SQLException {
    run(connection, "set " + setting + " = " + value);
}

/** Runs a statement. */
void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
        statement.execute(sql);
    }
}

/** How many rows came from other servers. */
record Fetched(String pieces, long fetched, String query) { }

/** Runs a query on the first server and counts the rows that came from the others, by its plan. */
Fetched fetched(Connection front, String piece, String query) throws SQLException {
    var rows = 0.0;
    try (var statement = front.createStatement();
         var lines = statement.executeQuery("explain (analyze, timing off, summary off) " + query)) {
        for (var foreign = false; lines.next(); ) {
            var line = lines.getString(1);
            var actual = Pattern.compile("actual rows=([0-9.]+) loops=([0-9]+)").matcher(line);
            var removed = Pattern.compile("Rows Removed by Filter: ([0-9]+)").matcher(line);
            if (actual.find()) {
                foreign = line.contains("Foreign Scan");
                rows += foreign ? Double.parseDouble(actual.group(1)) * Integer.parseInt(actual.group(2)) : 0;
            } else if (foreign && removed.find()) {
                rows += Double.parseDouble(removed.group(1));    // fetched all the same
            }
        }
    }
    return new Fetched(piece, Math.round(rows), query.replace("select ", "").replace(" from orders", " …"));
}

/** What a query has a foreign server do. */
String remoteSql(Connection front, String query, String server) throws SQLException {
    try (var statement = front.createStatement(); var lines = statement.executeQuery("explain (verbose, costs off) " + query)) {
        var here = false;
        while (lines.next()) {
            var line = lines.getString(1).strip();
            if (line.contains("Foreign Scan") || line.startsWith("Relations:")) {
                here = line.contains("_" + server);
            } else if (here && line.startsWith("Remote SQL: ")) {
                return line.substring("Remote SQL: ".length());
            }
        }
        throw new IllegalStateException("nothing is sent to the " + server);
    }
}

/** What somebody has. */
long euros(OwnCluster server, String owner) throws SQLException {
    return valueAs(server.admin(), Long.class, "select euros::bigint from accounts where owner = ?", owner);
}

/** Something to do with an e-mail. */
interface Registration {
    void of(String email) throws Exception;
}

/** Does it for all e-mails one after the other, so many times at once; who is refused as a duplicate is content. */
void atOnce(int times, List<String> emails, Registration registration) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var email : emails) {
            for (var task : threads.invokeAll(Collections.nCopies(times, () -> {
                registration.of(email);
                return null;
            }), 20, TimeUnit.SECONDS)) {
                try {
                    task.get();
                } catch (ExecutionException e) {
                    if (!sqlState(e).equals("23505")) {
                        throw e;
                    }
                }
            }
        }
    }
}

/** Writes a user. */
void register(Connection connection, UUID id, String email) throws SQLException {
    try (var insert = connection.prepareStatement("insert into users values (?, ?)")) {
        insert.setObject(1, id);
        insert.setString(2, email);
        insert.executeUpdate();
    }
}

/** Whether the e-mail was free. */
boolean claim(Connection connection, String email, UUID id) throws SQLException {
    try (var insert = connection.prepareStatement("insert into emails values (?, ?) on conflict do nothing")) {
        insert.setString(1, email);
        insert.setObject(2, id);
        return insert.executeUpdate() == 1;
    }
}

/** The users of all servers. */
long users(List<OwnCluster> servers) throws SQLException {
    return sum(numbers(servers, "select count(*) from users"));
}

/** Threads that write events where their bucket is, until they are closed. */
static class Writers implements AutoCloseable {
    private final Map<Integer, OwnCluster> map;
    private final Map<Integer, AtomicLong> written = new ConcurrentHashMap<>();
    private final AtomicLong retries = new AtomicLong();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads;
    private volatile boolean closed;
    private volatile long mark = -1;

    Writers(Map<Integer, OwnCluster> map, int n) {
        this.map = map;
        map.keySet().forEach(bucket -> written.put(bucket, new AtomicLong()));
        threads = IntStream.range(0, n).mapToObj(_ -> Thread.ofVirtual().start(this::write)).toList();
    }

    private void write() {
        var connections = new HashMap<OwnCluster, Connection>();
        try {
            while (!closed) {
                for (var bucket : map.keySet()) {
                    var id = UUID.randomUUID();
                    while (!written(connections, bucket, id)) {
                        retries.incrementAndGet();
                        Thread.sleep(2);
                    }
                    written.get(bucket).incrementAndGet();
                }
                Thread.sleep(1);
            }
        } catch (Exception e) {
            failures.add(e.toString());
        } finally {
            for (var connection : connections.values()) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    failures.add(e.toString());
                }
            }
        }
    }

    /** Writes it if the bucket lives where the map says. Who holds the row of {@code owned} has the bucket stay until he commits. */
    private boolean written(Map<OwnCluster, Connection> connections, int bucket, UUID id) throws SQLException {
        var server = map.get(bucket);
        if (!connections.containsKey(server)) {
            connections.put(server, server.admin().connect());
            connections.get(server).setAutoCommit(false);
        }
        var connection = connections.get(server);
        try (var insert = connection.prepareStatement("""
                with here as (select bucket from owned where bucket = ? for key share)
                insert into events select bucket, ? from here""")) {
            insert.setInt(1, bucket);
            insert.setObject(2, id);
            var rows = insert.executeUpdate();
            connection.commit();
            return rows == 1;
        }
    }

    long written(int bucket) {
        return written.get(bucket).get();
    }

    long retries() {
        return retries.get();
    }

    /** Whether so many events were written to each bucket since this was asked for the first time. */
    boolean since(int n) {
        var least = written.values().stream().mapToLong(AtomicLong::get).min().orElse(0);
        if (mark < 0) {
            mark = least;
        }
        return least >= mark + n;
    }

    List<String> failures() {
        return failures;
    }

    @Override public void close() throws InterruptedException {
        closed = true;
        for (var thread : threads) {
            if (!thread.join(Duration.ofSeconds(10))) {
                failures.add("a writer did not end");
            }
        }
    }
}

/** Migrations of a server, in a schema of their own. */
Flyway flyway(OwnCluster server, Path files) {
    return Flyway.configure().dataSource(server.admin().url(), server.admin().user(), server.admin().password())
        .defaultSchema("catalog").locations("filesystem:" + files).load();
}

/** The ids of the tags of all servers. */
List<Long> tagIds(List<OwnCluster> servers) throws SQLException {
    var ids = new ArrayList<Long>();
    for (var server : servers) {
        for (var row : queryAs(server.admin(), "select id from catalog.tags").rows()) {
            ids.add(Long.valueOf(row.getFirst().orElseThrow()));
        }
    }
    return ids;
}
