-- An index on an expression has statistics of its own, once somebody has looked: without them a word is expected in
-- one post of two hundred.
analyze app.posts;
