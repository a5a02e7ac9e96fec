package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogSnapshotTest extends OnClone {
    private static final String SHOP = """
        create schema shop; create type shop.state as enum ('open', 'done');
        create table shop.orders (id int primary key, state shop.state not null default 'open', note text);
        create function shop.touch() returns trigger language plpgsql as 'begin return new; end';
        create trigger touch before update on shop.orders for each row execute function shop.touch();
        insert into shop.orders (id) values (1), (2)""";

    @Test void two_snapshots_of_the_same_are_equal() throws Exception {
        Sql.execute(clone.owner(), SHOP);
        assertEquals(List.of(), CatalogSnapshot.withRows(clone).changesSince(CatalogSnapshot.withRows(clone)));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "create index on shop.orders (state) | new: index shop.orders_state_idx",
        "alter table shop.orders add column more int | new: column shop.orders.more",
        "alter table shop.orders alter column state drop not null | changed: column shop.orders.state",
        "alter table shop.orders alter column note set default 'x' | changed: column shop.orders.note",
        "alter table shop.orders alter column note set statistics 1000 | changed: column shop.orders.note",
        "alter table shop.orders alter column note set storage external | changed: column shop.orders.note",
        "alter table shop.orders replica identity full | changed: table shop.orders",
        "alter table shop.orders add check (id > 0) not valid | new: constraint orders_id_check on shop.orders",
        "alter table shop.orders disable trigger touch | changed: trigger touch on shop.orders",
        "drop trigger touch on shop.orders | gone: trigger touch on shop.orders",
        "create function shop.more() returns int language sql as 'select 1' | new: function shop.more()",
        "create function public.more() returns int language sql as 'select 1' | new: function public.more()",
        "grant select on shop.orders to public | changed: table shop.orders",
        "revoke execute on function shop.touch() from public | changed: function shop.touch()",
        "alter type shop.state add value 'lost' | changed: type shop.state",
        "comment on column shop.orders.note is 'hm' | new: comment on column note of table shop.orders",
        "alter table shop.orders set (fillfactor = 50) | changed: table shop.orders",
        "alter table shop.orders enable row level security | changed: table shop.orders",
        "create table shop.more () | new: table shop.more",
        "update shop.orders set note = 'x' where id = 2 | changed: rows of shop.orders",
        "delete from shop.orders where id = 2 | changed: rows of shop.orders"})
    void a_change_is_told_in_a_sentence(String change, String sentence) throws Exception {
        Sql.execute(clone.owner(), SHOP);
        var before = CatalogSnapshot.withRows(clone);
        Sql.execute(clone.owner(), change);
        var changes = CatalogSnapshot.withRows(clone).changesSince(before);
        assertTrue(changes.stream().anyMatch(c -> c.startsWith(sentence)), () -> changes + "");
    }

    @Test void what_the_task_asks_for_is_no_other_change() throws Exception {
        Sql.execute(clone.owner(), SHOP);
        var before = CatalogSnapshot.of(clone);
        Sql.execute(clone.owner(), "create index orders_open on shop.orders (state)");
        var after = CatalogSnapshot.of(clone);
        Expect.nothingElseChanged("Only the index is new", before, after, "", "new: index shop\\.orders_open ");
        var refused = assertThrows(Mismatch.class, () -> Expect.nothingElseChanged("Nothing has changed", before, after, "Look."));
        assertTrue(refused.actual().contains("new: index shop.orders_open"), refused.actual());
    }
}
