-- A search of one or two letters of another alphabet has no trigram, and in Chinese or Japanese that is a whole word. These
-- letters are indexed one by one. Keys in plain ASCII, which are nearly all, are not in this index.
CREATE FUNCTION "search_letters"(text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT letter)
  FROM regexp_split_to_table(regexp_replace($1 COLLATE "C", '[\u0001-\u007f]+', '', 'g'), '') letter
$$;
CREATE INDEX "api_keys_search_letters" ON "api_keys" USING gin (
    "search_letters"(lower("name" || E'\x1f' || "description" || E'\x1f' || "id" || E'\x1f' || coalesce("subject", '')))
  ) WITH (fastupdate = off)
  WHERE octet_length(lower("name" || E'\x1f' || "description" || E'\x1f' || "id" || E'\x1f' || coalesce("subject", '')))
    > char_length(lower("name" || E'\x1f' || "description" || E'\x1f' || "id" || E'\x1f' || coalesce("subject", '')));
