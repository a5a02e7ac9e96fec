import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The statements about invoices. Whose they are is a matter of the transaction, so no statement says it. */
final class Invoices {
    private static final String SHOWN = "id, customer, amount, paid, iban_end, created_at";

    private Invoices() { }

    /** An invoice that is asked for. */
    record Draft(UUID id, String customer, BigDecimal amount, byte[] ibanSealed, String ibanEnd) { }

    // tag::create[]
    static Map<String, Object> create(Connection connection, Draft draft) throws SQLException {
        try (var insert = connection.prepareStatement("insert into billing.invoices (id, customer, amount, "
                + "iban_sealed, iban_end) values (?, ?, ?, ?, ?) returning " + SHOWN)) {
            insert.setObject(1, draft.id());
            insert.setString(2, draft.customer());
            insert.setBigDecimal(3, draft.amount());
            insert.setBytes(4, draft.ibanSealed());
            insert.setString(5, draft.ibanEnd());
            try (var row = insert.executeQuery()) {
                row.next();
                var invoice = shown(row);
                Outbox.add(connection, draft.id(), "invoice.created", draft.amount());
                return invoice;
            }
        }
    }
    // end::create[]

    // tag::page[]
    static Query<Map<String, Object>> page(int limit, Optional<Cursor> after) {
        var from = after.orElse(Cursor.NEWEST);
        return new Query<>("select " + SHOWN + " from billing.invoices where (created_at, id) < (?, ?) "
            + "order by created_at desc, id desc limit ?",
            List.of(from.createdAt(), from.id(), limit + 1), row -> {      // one more says whether there is another page
                var items = new ArrayList<Map<String, Object>>();
                var next = Optional.<String>empty();
                for (var last = from; row.next(); last = cursor(row)) {
                    if (items.size() == limit) {
                        next = Optional.of(last.text());
                        break;
                    }
                    items.add(shown(row));
                }
                var page = new LinkedHashMap<String, Object>();
                page.put("items", items);
                page.put("next", next.orElse(null));   // null in JSON
                return page;
            });
    }
    // end::page[]

    static Query<Map<String, Object>> find(UUID id) {
        return new Query<>("select " + SHOWN + " from billing.invoices where id = ?", List.of(id), row -> {
            if (!row.next()) {
                throw noInvoice(id);                   // also where it is another tenant's
            }
            return shown(row);
        });
    }

    // tag::pay[]
    static Map<String, Object> pay(Connection connection, UUID id, BigDecimal amount) throws SQLException {
        try (var select = connection.prepareStatement("select amount - paid, paid from billing.invoices where id = ? for update");
             var change = connection.prepareStatement("update billing.invoices set paid = paid + ? where id = ?");
             var insert = connection.prepareStatement("insert into billing.payments (amount, invoice) values (?, ?)")) {
            select.setObject(1, id);
            var row = select.executeQuery();           // waits for whoever pays it now
            if (!row.next()) {
                throw noInvoice(id);
            }
            var open = row.getBigDecimal(1);
            if (amount.compareTo(open) > 0) {
                throw new Refusal(409, amount + " is more than the " + open + " that is open");
            }
            var paid = row.getBigDecimal(2).add(amount);
            for (var statement : List.of(change, insert)) {
                statement.setBigDecimal(1, amount);
                statement.setObject(2, id);
                statement.executeUpdate();
            }
            Outbox.add(connection, id, "invoice.paid", amount);
            return Map.of("paid", paid.toPlainString(), "open", open.subtract(amount).toPlainString());
        }
    }
    // end::pay[]

    private static Refusal noInvoice(UUID id) {
        return new Refusal(404, "there is no invoice " + id);
    }

    private static Cursor cursor(ResultSet row) throws SQLException {
        return new Cursor(row.getObject("created_at", OffsetDateTime.class), row.getObject("id", UUID.class));
    }

    private static Map<String, Object> shown(ResultSet row) throws SQLException {
        var invoice = new LinkedHashMap<String, Object>();
        invoice.put("id", row.getString("id"));
        invoice.put("customer", row.getString("customer"));
        invoice.put("amount", row.getBigDecimal("amount").toPlainString());
        invoice.put("iban", "…" + row.getString("iban_end"));
        invoice.put("state", row.getBigDecimal("paid").compareTo(row.getBigDecimal("amount")) == 0 ? "paid" : "open");
        invoice.put("createdAt", row.getObject("created_at", OffsetDateTime.class).toString());
        return invoice;
    }
}
