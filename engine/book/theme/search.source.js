// Finds sections of the book for what somebody types or pastes. ./jbang docs bundles it with Lunr into
// search.js, which book.js loads when somebody searches, together with the book's text (search-index.js).
import lunr from "lunr";

const WEIGHTS = { title: 6, id_words: 4, page: 3, text: 1, code: 0.5 };
const MAX_FOUND = 12, EXCERPT = 130, AT_ONCE = 10;   // EXCERPT: characters
/** What people call it, and what the book calls it. Who asks for one of a line is shown the others after it. */
const SYNONYMS = [
  ["pagination", "paging", "paginate", "keyset", "next page", "offset"],
  ["upsert", "on conflict", "merge", "insert or update"],
  ["n+1", "n plus one", "loop of queries", "lazy loading"],
  ["connection pool", "hikari", "hikaricp", "pooling"],
  ["soft delete", "deleted_at"],
  ["full text", "fulltext", "tsvector", "text search"],
  ["autoincrement", "auto increment", "serial", "identity"],
  ["guid", "uuid", "uuidv7"],
  ["pitr", "point-in-time recovery", "point in time"],
  ["rls", "row-level security", "row level security", "policy"],
  ["sql injection", "injection", "bind"],
  ["message queue", "job queue", "skip locked"],
  ["race condition", "lost update", "concurrency"],
  ["slow query", "query tuning", "explain"],
  ["timezone", "time zone", "timestamptz"],
  ["deadlock", "40p01"], ["unique violation", "duplicate key", "23505"], ["serialization failure", "could not serialize", "40001"],
  ["too many clients", "too many connections", "53300"], ["lock timeout", "could not obtain lock", "55p03"],
  ["read replica", "replication", "standby"], ["sharding", "shard", "partition", "partitioning"],
  ["ssl", "tls", "certificate"], ["backup", "pg_dump", "restore"],
];

const NUMBER = /(?<![\d.])\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)/;   // 18,283 and 18 283 are 18283
const WORD = new RegExp(String.raw`n\+1|${NUMBER.source}|[\p{L}\p{N}]+(?:[_.][\p{L}\p{N}]+)*`, "giu");
const words = text => text.match(WORD) ?? [];
const asOne = number => number.replace(/\D/g, "");
const phrased = text => text.replace(new RegExp(NUMBER, "g"), asOne).toLowerCase().replace(/[\s-]+/g, " ");
/** A name is found whole and by its parts: max_connections, setMaximumPoolSize. */
const parts = word => NUMBER.test(word) ? [asOne(word)] : [word, ...word.split(/[_.]|(?<=\p{Ll})(?=\p{Lu})/u)].map(part => part.toLowerCase());
const stem = word => /^[a-z]+$/.test(word) ? lunr.stemmer(new lunr.Token(word)).toString() : word;
const known = new Map();   // a word comes a hundred times, and is stemmed once
function terms(word) {
  if (!known.has(word)) known.set(word, [...new Set(parts(word).map(stem))]);
  return known.get(word);
}

/** @param entries {page, title, url, text, code} of each section. Gives a function from a query to what was found, best first. */
export async function searchIn(entries) {
  const index = await indexed(entries);
  const texts = entries.map(({ title, page, text }) => phrased(`${title} ${page} ${text}`));
  return query => found(query.trim());

  function found(query) {
    const asked = [...new Set(words(query))], phrase = phrased(query);
    if (!asked.length) return [];
    const results = index.query(ask => {
      asked.forEach(word => terms(word).forEach(term => ask.term(term, { boost: 10, editDistance: /^[a-z]{6,}$/.test(term) ? 1 : 0 })));
      if (asked.at(-1).length > 1) ask.term(asked.at(-1).toLowerCase(), { boost: 4, wildcard: lunr.Query.wildcard.TRAILING });
      synonyms(phrase).flatMap(words).flatMap(terms).forEach(term => ask.term(term, { boost: 2 }));
    });
    return results.map(({ ref, score, matchData }) => ({ entry: entries[ref], hits: new Set(Object.keys(matchData.metadata)),
      score: score * (asked.length > 1 && texts[ref].includes(phrase) ? 4 : 1) }))
      .map(result => ({ ...result, score: result.score * (0.1 + share(asked, result.hits)) }))
      .sort((a, b) => b.score - a.score).slice(0, MAX_FOUND)
      .map(({ entry: { title, page, url, text }, hits }) => ({ title, page, url, excerpt: excerpt(text, phrase, hits) }));
  }
}

async function indexed(entries) {
  const builder = new lunr.Builder();
  Object.entries(WEIGHTS).forEach(([field, boost]) => builder.field(field, { boost, extractor: entry => tokens(entry, field) }));
  builder.tokenizer = given => given.map(term => new lunr.Token(term));
  for (const [id, entry] of entries.entries()) {
    builder.add({ ...entry, id });
    if (id % AT_ONCE === 0) await new Promise(done => setTimeout(done));   // somebody types meanwhile
  }
  return builder.build();
}

function tokens(entry, field) {
  const text = field === "id_words" ? entry.url.replace(/^.*[#/]|\.html$/g, "").replaceAll("-", " ") : entry[field];
  return words(text).flatMap(terms);
}

/** How many of the words a section has. */
const share = (asked, hits) => asked.filter(word => terms(word).some(term => hits.has(term))).length / asked.length;

const includesWord = (text, words) => new RegExp(`(?<![\\p{L}\\p{N}])${words.replace(/[+.]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "u").test(text);
const synonyms = phrase => SYNONYMS.filter(line => line.some(one => includesWord(phrase, one))).flat().filter(one => !includesWord(phrase, one));

/** The piece of a text that has most of what was found, from the beginning of a word to the end of one. Parts: [text, whether it was found]. */
function excerpt(text, phrase, found) {
  const all = [...text.matchAll(WORD)].map(match => ({ at: match.index, end: match.index + match[0].length, hit: terms(match[0]).some(term => found.has(term)) }));
  const whole = text.toLowerCase().indexOf(phrase);
  const hits = all.filter(word => word.hit);
  const within = from => hits.filter(word => word.at >= from && word.end <= from + EXCERPT).length;
  const best = whole >= 0 ? whole : hits.reduce((most, word) => within(word.at) > within(most) ? word.at : most, hits[0]?.at ?? 0);
  const from = all.find(word => word.at >= best - 30)?.at ?? 0;
  const to = all.findLast(word => word.end <= from + EXCERPT)?.end ?? text.length;
  const parts = [[from > 0 && all[0]?.at !== from ? "… " : "", false]];
  let at = from;
  for (const word of hits.filter(word => word.at >= from && word.end <= to)) {
    parts.push([text.slice(at, word.at), false], [text.slice(word.at, word.end), true]);
    at = word.end;
  }
  parts.push([text.slice(at, to) + (to < text.trimEnd().length - 1 ? " …" : text.slice(to)), false]);
  return parts.filter(([part]) => part);
}
