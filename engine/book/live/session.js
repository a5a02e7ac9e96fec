// One session on a PGlite database, as a lesson's cells have it: each cell begins as on a connection of its own, under its role.
const LOGINS = { app: "course_app", owner: "course_owner", admin: "postgres" };

/** As PGlite starts, but with the search_path that PostgreSQL has by itself. */
export const startParams = PGlite => PGlite.defaultStartParams.map(word => word === "search_path=public" ? 'search_path="$user", public' : word);

export class Session {
  #db;
  #live;
  #types = new Map();

  /** @param live statements(source) and drawn(json), the engine's own, compiled to JavaScript */
  constructor(db, live) {
    this.#db = db;
    this.#live = live;
  }

  /** What can be asked without a role, and is not shown. */
  async ask(sql) {
    const said = await this.#send(sql);
    const failure = said.find(one => one.type === "failure");
    if (failure) throw new Error(`${failure.message} (${failure.code}) in: ${sql.slice(0, 200)}`);
    return said;
  }

  /**
   * Runs a cell's statements until its end or the first that fails.
   * @return {said, state, failed}: what PostgreSQL said; "done", "failed", or "refused" where it failed as the lesson says; the line
   */
  async run({ source, role, sqlState }) {
    await this.ask("rollback");
    await this.ask("set session authorization postgres");
    await this.ask("discard all");
    await this.ask("set session authorization " + LOGINS[role]);
    const said = [];
    for (const statement of this.#live.statements(source)) {
      const answer = (await this.#send(statement.sql)).map(one => ({ ...one, title: statement.remark, statement: statement.text }));
      said.push(...answer);
      const failure = answer.find(one => one.type === "failure");
      if (failure) return this.#failed(said, failure, sqlState);
    }
    return sqlState ? { said: [...said, missing(sqlState)], state: "failed" } : { said, state: "done" };
  }

  async #failed(said, failure, sqlState) {
    if (failure.code !== sqlState) return { said, state: "failed" };
    return { said: [...said, { type: "claim", claim: "PostgreSQL refuses with SQLSTATE " + sqlState, actual: sqlState }], state: "done" };
  }

  /** The simple query protocol, whose values are text as psql prints it. */
  async #send(sql) {
    const text = new TextEncoder().encode(sql);
    const message = new Uint8Array(text.length + 6);
    message[0] = 0x51;
    new DataView(message.buffer).setUint32(1, text.length + 5);
    message.set(text, 5);
    const notices = [];
    const { messages } = await this.#db.execProtocol(message, { throwOnError: false, syncToFs: false, onNotice: notice => notices.push(notice) });
    const said = [];
    let rows;
    for (const message of messages) {
      switch (message.name) {
        case "notice": said.push(told("notice", message)); break;
        case "error": said.push(told("failure", message)); break;
        case "rowDescription": rows = { type: "rows", columns: message.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), rows: [] }; break;
        case "dataRow": rows.rows.push(message.fields); break;
        case "commandComplete":
          if (rows) said.push(rows);
          else if (/ [1-9]\d*$/.test(message.text)) said.push({ type: "changed", rows: message.text.match(/\d+$/)[0] });
          rows = undefined;
      }
    }
    for (const one of said) if (one.type === "rows") for (const column of one.columns) column.type = await this.#typeName(column.type);
    return said;
  }

  /** Asked once, of all types; those that were made since, when they turn up. */
  async #typeName(oid) {
    if (oid === 25) return "text";
    if (oid === 26) return "oid";
    if (!this.#types.has(oid)) {
      const [{ rows }] = await this.#send("select oid::text, typname::text from pg_catalog.pg_type").catch(() => [{ rows: [] }]);
      rows?.forEach(([id, name]) => this.#types.set(Number(id), name));
    }
    return this.#types.get(oid) ?? "";
  }
}

const missing = sqlState => ({ type: "failure", code: "", message: `the lesson claims: PostgreSQL refuses with SQLSTATE ${sqlState}; but it accepted every statement` });

function told(type, { message, code, severity, detail, hint, position, where }) {
  return { type, message, code, severity, detail, hint, position, where };
}
