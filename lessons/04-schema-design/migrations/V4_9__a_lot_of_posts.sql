-- Three years of a busy site, from 2023 to 2025: 100 000 users and a million posts. Small tables lie about indexes.
-- It leaves some 240 MB.
--
-- The same rows on every machine: nothing is random, everything follows from a row's number by hashint8extended. Ids are
-- valid uuids of version 7, made from the row's own time, so they grow with created_at as if the rows had come one by one.
-- Skewed as life is: half of all posts are by users 1 … 1000, user 1 alone has thousands; one post in five has a body;
-- one user in fifty is deleted. Titles have words that everybody uses and a word that twenty posts use.
--
-- What the manual says about populating a database: foreign keys, and indexes that no constraint needs, are dropped first
-- and made again at the end, as they were. That checks and sorts a million rows once instead of one by one.
set local work_mem = '128MB';
set local jit = off;

-- A number from 0 to below - 1 that follows from n; another one for another salt.
create function pg_temp.pick(n bigint, salt bigint, below bigint) returns bigint language sql immutable as
  'select (hashint8extended(n, salt) & 9223372036854775807) % below';

-- The same, but small numbers more often: the first of a hundred comes up ten times as often as by chance.
create function pg_temp.skewed(n bigint, salt bigint, below bigint) returns bigint language sql immutable as
  'select (below * pg_temp.pick(n, salt, 1000000) * pg_temp.pick(n, salt, 1000000)) / 1000000000000';

-- 48 bits of milliseconds since 1970, the version, 12 bits of a hash, the variant (its two last bits fixed), 60 bits more.
create function pg_temp.id(ms bigint, name text) returns uuid language sql immutable as
  $$select overlay(overlay(md5(name) placing '0' || to_hex(ms) || '7' from 1 for 13) placing 'a' from 17 for 1)::uuid$$;

-- What has to stand aside, with the statement that brings it back.
create temp table aside on commit drop as
select format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
  format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back
from pg_constraint
where conrelid in ('app.users'::regclass, 'app.posts'::regclass) and contype = 'f'
union all
select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
from pg_index i
where indrelid in ('app.users'::regclass, 'app.posts'::regclass)
  and not exists (select from pg_constraint c where c.conindid = i.indexrelid);

do $$
declare statement text;
begin
  for statement in select away from aside loop execute statement; end loop;
end $$;

-- Users came evenly over the three years.
create temp table person on commit drop as
select n, joined, pg_temp.id(joined, 'user ' || n) as id
from (
  select n, 1672531200000 + (n - 1) * 946080 + pg_temp.pick(n, 1, 90000) as joined
  from generate_series(1, 100000::bigint) n
  offset 0 -- or the same would be computed as often as it is used
) p;

insert into app.users (id, email, password_hash, role, created_at, updated_at, deleted_at)
select id, 'user' || n || '@example.com', '$2b$12$' || substr(md5('salt ' || n) || md5('hash ' || n), 1, 53),
  case when n <= 10 then 'admin' when pg_temp.pick(n, 2, 20) = 0 then 'guest' else 'user' end,
  to_timestamp(joined / 1000.0),
  to_timestamp(joined / 1000.0) + pg_temp.pick(n, 4, 10) / 9 * interval '3 days',
  case when pg_temp.pick(n, 3, 50) = 0 then to_timestamp(joined / 1000.0) + interval '5 days' end
from person
order by n;

insert into app.categories (name)
select unnest(string_to_array('Announcements Architecture Backups Books Careers Caching Clients Community Concurrency '
  'Conferences Deployment Design Documentation Drivers Extensions Frameworks Hardware History Indexing Interviews Java '
  'Locking Migrations Monitoring Opinions Partitioning Performance Pooling Questions Releases Replication Search '
  'Security Testing Tools Tutorials', ' '))
on conflict (name) do nothing;

-- Words, the frequent first.
create temp table vocabulary on commit drop as
select kind, string_to_array(words, ' ') as words from (values
  ('verb', 'using building testing reading writing fixing finding moving sharing choosing planning tuning breaking '
    'learning watching comparing counting renaming splitting joining sorting loading saving closing opening checking '
    'copying deleting changing drawing explaining feeding filling folding forgetting freezing guarding guessing hiding '
    'importing inviting keeping labelling launching lending listing mapping measuring merging mixing naming ordering '
    'packing painting pausing polishing printing pruning pushing queueing quoting recycling repairing replacing resizing '
    'restoring rewriting rotating rounding sampling scaling shaping shrinking signing skipping stacking starting stopping '
    'storing swapping teaching tracing translating trimming trusting typing unfolding updating validating waiting wrapping'),
  ('adjective', 'new small simple fast large slow old better modern good safe quick long strange open clean cheap early '
    'empty short broken busy calm careful clever cold common curious daily deep dirty distant eager equal exact false '
    'fancy final flat formal fragile fresh frozen funny gentle giant grateful green hidden honest huge humble idle '
    'invisible kind late lazy legal light likely literal local lonely loud lucky messy mild narrow noisy odd orderly plain '
    'polite private proud public pure quiet random rare ready remote rough round rusty secret serious shallow sharp shiny '
    'silent silly sleepy smooth soft solid spare stable steep sticky strict stubborn subtle sudden tall tame temporary '
    'tidy tiny tired tricky typical ugly unusual useful vague warm weak wild wise wooden wrong young'),
  ('noun', 'databases tables indexes queries servers users tests programs files books pages ideas servers teams plans '
    'locks keys rows columns backups views events messages names numbers letters pictures questions answers projects '
    'schemas triggers functions sessions networks machines customers orders invoices products prices reports pools caches '
    'queues logs threads windows clocks calendars maps gardens kitchens recipes bicycles trains bridges houses rivers '
    'mountains islands lakes forests birds cats dogs horses elephants penguins turtles whales dolphins bees spiders '
    'apples bananas cherries lemons onions potatoes tomatoes pumpkins mushrooms sandwiches soups breads cakes cookies '
    'pencils papers notebooks envelopes stamps parcels suitcases umbrellas jackets gloves boots hats buttons needles '
    'threads carpets curtains pillows candles lanterns mirrors bottles glasses spoons kettles ovens hammers ladders nails '
    'ropes wheels engines pistons valves pumps pipes cables antennas batteries lenses telescopes microscopes compasses '
    'anchors sails canoes kites balloons rockets planets comets galaxies shadows whispers echoes melodies violins drums '
    'trumpets pianos choirs dances puzzles riddles marbles dominoes castles towers lighthouses harbours markets museums '
    'libraries archives theatres stadiums schools lessons teachers pupils doctors bakers tailors farmers sailors pilots '
    'judges poets painters neighbours strangers villages festivals holidays mornings evenings winters summers storms '
    'rainbows avalanches volcanoes deserts glaciers fossils meteorites'),
  ('link', 'with for without and in after on instead of before under against between about from beyond'),
  ('place', 'Paris London Berlin Madrid Lisbon Vienna Prague Oslo Helsinki Dublin Rome Athens Warsaw Brussels Zurich Lyon '
    'Porto Gdansk Bergen Turin Seville Bristol Leipzig Bruges Tampere Aarhus Ljubljana Valletta Tallinn Riga')
) v(kind, words);

create function pg_temp.word(of_kind text, n bigint, salt bigint) returns text language sql stable as
  'select words[1 + pg_temp.skewed(n, salt, cardinality(words))] from pg_temp.vocabulary where kind = of_kind';

-- "Testing small indexes" and "without old servers", "in Lisbon" once in fifty: joined in pairs to titles, in fours to bodies.
create temp table beginning on commit drop as
select n, initcap(left(verb, 1)) || substr(verb, 2) || ' ' || pg_temp.word('adjective', n, 12) || ' ' || pg_temp.word('noun', n, 13) as text
from (select n, pg_temp.word('verb', n, 11) as verb from generate_series(0, 4095) n) v;

create temp table ending on commit drop as
select n, case when n % 50 = 0 then 'in ' || pg_temp.word('place', n, 17)
  else pg_temp.word('link', n, 14) || ' ' || pg_temp.word('adjective', n, 15) || ' ' || pg_temp.word('noun', n, 16) end as text
from generate_series(0, 4095) n;

create temp table passage on commit drop as
select p.n, string_agg(b.text || ' ' || e.text || '.', ' ' order by i) as text
from generate_series(0, 4095) p(n)
cross join generate_series(1, 2) i
join beginning b on b.n = pg_temp.pick(p.n, 20 + i, 4096)
join ending e on e.n = pg_temp.pick(p.n, 30 + i, 4096)
group by p.n;

analyze person, beginning, ending, passage;

-- A post follows another after a minute and a half; its author was there before it. Half of the posts are by the first
-- thousand users, the first of them most; the other half by whoever there is. Small tables are hashed and asked row by
-- row, so the posts come in order of time without being sorted.
set local enable_mergejoin = off;
set local enable_nestloop = off;

insert into app.posts (id, author_id, title, body, created_at)
select pg_temp.id(written, 'post ' || p.n), a.id,
  b.text || ' ' || case when p.n % 50000 = 12345 then 'in Timbuktu' else e.text end,
  first.text || ' ' || second.text,
  to_timestamp(written / 1000.0)
from (
  select n, 1672531200000 + n * 94608 + pg_temp.pick(n, 41, 90000) as written,
    case when pg_temp.pick(n, 42, 2) = 0 then 1 + pg_temp.skewed(n, 43, least(1000, greatest(1, n / 10)))
         else 1 + pg_temp.pick(n, 44, greatest(1, n / 10)) end as author,
    case when pg_temp.pick(n, 47, 5) = 0 then pg_temp.pick(n, 48, 4096) end as passage
  from generate_series(1, 1000000::bigint) n
  offset 0
) p
join person a on a.n = p.author
join beginning b on b.n = pg_temp.pick(p.n, 45, 4096)
join ending e on e.n = pg_temp.pick(p.n, 46, 4096)
left join passage first on first.n = p.passage
left join passage second on second.n = (p.passage * 7 + p.n) % 4096;

do $$
declare statement text;
begin
  for statement in select back from aside loop execute statement; end loop;
end $$;

drop function pg_temp.word, pg_temp.id, pg_temp.skewed, pg_temp.pick;
