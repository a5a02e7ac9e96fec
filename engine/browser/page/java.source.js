// Java as cells have it: pieces of a program, not files. A grammar for whole files loses its way in those, and takes `with`
// for a keyword; words and strings are enough for colours.
import { StreamLanguage } from "@codemirror/language";
import { sqlBlock, unknown } from "./sql-block.source.js";

const words = text => new Set(text.split(" "));
const KEYWORDS = words("abstract assert break case catch class continue default do else enum extends final finally for if implements import "
  + "instanceof interface native new package private protected public return static strictfp super switch synchronized this throw throws "
  + "transient try volatile while var yield boolean byte char double float int long short void");
const VALUES = words("true false null");
const END = '"""';
// Words of the language only in front of what they declare: a variable may have their name.
const BEFORE_A_NAME = /^\s+[A-Za-z_$]/;
const CONTEXTUAL = words("record sealed permits module when non-sealed");

function string(stream, state) {
  const end = state.inside;
  while (!stream.eol()) {
    if (stream.match("\\")) stream.next();
    else if (stream.match(end)) { state.inside = null; return "string"; }
    else stream.next();
  }
  if (end !== END) state.inside = null;   // only a text block goes over the end of a line
  return "string";
}

function textBlock(stream, state) {
  if (stream.match(END)) {
    state.inside = null;
    return "string";
  }
  const found = sqlBlock(stream, state);
  return found === undefined ? string(stream, state) : found;
}

function comment(stream, state) {
  state.comment = !stream.match(/^.*?\*\//);
  if (state.comment) stream.skipToEnd();
  return "comment";
}

function word(stream) {
  const found = stream.match(/^[\p{L}_$][\p{L}\p{N}_$]*/u)?.[0];
  if (!found) return null;
  if (KEYWORDS.has(found)) return "keyword";
  if (VALUES.has(found)) return "atom";
  if (CONTEXTUAL.has(found) && stream.match(BEFORE_A_NAME, false)) return "keyword";
  return /^[A-Z]/.test(found) && !/^[A-Z_\d]+$/.test(found) ? "typeName" : "variableName";
}

export const java = StreamLanguage.define({
  name: "java",
  startState: () => ({ inside: null, comment: false, depth: 0, ...unknown() }),
  token(stream, state) {
    if (state.comment) return comment(stream, state);
    if (state.inside === END) return textBlock(stream, state);
    if (state.inside) return string(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match("//")) { stream.skipToEnd(); return "comment"; }
    if (stream.match("/*")) return comment(stream, state);
    const quote = stream.match(/^("""|"|')/)?.[0];
    if (quote === END) { Object.assign(state, { inside: END }, unknown()); return "string"; }
    if (quote) { state.inside = quote; return string(stream, state); }
    if (stream.match(/^@[\p{L}_][\p{L}\p{N}_.]*/u)) return "annotation";
    if (stream.match(/^(0[xXbB][\da-fA-F_]+|\d[\d_]*(\.\d[\d_]*)?([eE][-+]?\d+)?)[lLfFdD]?/)) return "number";
    const found = word(stream);
    if (found) return found;
    const sign = stream.next();
    if (sign === "{" || sign === "(") state.depth++;
    if (sign === "}" || sign === ")") state.depth = Math.max(0, state.depth - 1);
    return null;
  },
  indent: (state, after, context) => state.inside || state.comment ? null : Math.max(0, state.depth - (/^[})]/.test(after) ? 1 : 0)) * context.unit,
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } }, indentOnInput: /^\s*[})]$/,
    closeBrackets: { brackets: ["(", "[", "{", "'", '"', '"""'] } },
});
