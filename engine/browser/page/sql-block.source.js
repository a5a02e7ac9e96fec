// SQL in a text block of Java, token by token, as the highlighter of Java asks for it. A text block is SQL where its first
// word begins a statement, as in the book. (Mixing two parsers would give each a tree, which colours do not need.)
import { PostgreSQL } from "@codemirror/lang-sql";

const words = text => new Set(text.split(" "));
const KEYWORDS = words(PostgreSQL.spec.keywords), TYPES = words(PostgreSQL.spec.types);
const BEGINNINGS = words("alter analyze begin comment copy create delete do drop explain grant insert lock merge revoke select set "
  + "truncate update vacuum values with");
const END = '"""';

/** What a new text block begins with: nothing is known of it. `sql` is true or false once its first word is read; `until` ends what goes over lines. */
export const unknown = () => ({ sql: null, until: null });

/** Up to and with this end, or to the end of the line or the text block. */
function upTo(stream, state, end, style) {
  state.until = end;
  while (!stream.eol() && !stream.match(END, false)) {
    if (stream.match(end)) {
      state.until = null;
      return style;
    }
    if (stream.next() === "\\") stream.next();
  }
  return style;
}

function word(found, state) {
  state.sql ??= BEGINNINGS.has(found);
  return KEYWORDS.has(found) ? "keyword" : TYPES.has(found) ? "typeName" : null;
}

/** @returns undefined where this is no SQL, and the block is a string */
export function sqlBlock(stream, state) {
  if (state.sql === false) return undefined;
  if (state.until) return upTo(stream, state, state.until, state.until === "*/" ? "comment" : "string");
  if (stream.eatSpace()) return null;
  if (stream.match("--")) {
    while (!stream.eol() && !stream.match(END, false)) stream.next();
    return "comment";
  }
  if (stream.match("/*")) return upTo(stream, state, "*/", "comment");
  const found = stream.match(/^[\p{L}_][\p{L}\p{N}_$]*/u, state.sql === true)?.[0].toLowerCase();
  if (state.sql === null && !BEGINNINGS.has(found)) {
    state.sql = false;
    return undefined;
  }
  if (state.sql === null) stream.match(/^\w+/);
  if (found) return word(found, state);
  if (stream.match("'")) return upTo(stream, state, "'", "string");
  const dollar = stream.match(/^\$\w*\$/)?.[0];
  if (dollar) return upTo(stream, state, dollar, "string");
  if (stream.match(/^\d+(\.\d+)?/)) return "number";
  stream.next();
  return null;
}
