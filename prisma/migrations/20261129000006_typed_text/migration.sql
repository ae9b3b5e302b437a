-- Text that people typed, in the one form in which it is stored from now on; see lib/core/typed-text. It leaves out
-- the rules about joiners, which need Unicode properties: a name that still differs is put right when it is saved.
DO $$
DECLARE
  invisible CONSTANT text := '[\u00ad\u034f\u061c\u115f\u1160\u200b\u200e\u200f\u2060-\u2064\u3164\ufeff\uffa0]';
  spaces CONSTANT text := '[ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+';
  blanks CONSTANT text := '[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+';
  composed CONSTANT text := 'normalize(regexp_replace(%1$I, $1, '''', ''g''), NFC)';
  line CONSTANT text := 'btrim(regexp_replace(' || composed || ', $2, '' '', ''g''))';
  lines CONSTANT text := 'btrim(regexp_replace(regexp_replace(regexp_replace(' || composed
    || ', ''\r\n?|\u2028|\u2029'', chr(10), ''g''), $2, '' '', ''g''), '' ?\n ?'', chr(10), ''g''), chr(10) || '' '')';
  place text;
  kept text[];
  row_id uuid;
  typed text;
  number int;
BEGIN
  -- Elsewhere normalize() fails, and there is hardly any of this text to be had.
  IF getdatabaseencoding() <> 'UTF8' THEN
    RETURN;
  END IF;

  FOREACH kept SLICE 1 IN ARRAY ARRAY[
    ['organizations', 'name'], ['users', 'name'], ['roles', 'title'], ['api_keys', 'name']
  ] LOOP
    EXECUTE format('UPDATE %2$I SET %1$I = ' || line || ' WHERE %1$I <> ' || line || ' AND ' || line || ' <> ''''',
      kept[2], kept[1]) USING invisible, spaces;
  END LOOP;
  FOREACH kept SLICE 1 IN ARRAY ARRAY[['roles', 'description'], ['api_keys', 'description']] LOOP
    EXECUTE format('UPDATE %2$I SET %1$I = ' || lines || ' WHERE %1$I <> ' || lines, kept[2], kept[1])
      USING invisible, blanks;
  END LOOP;

  -- These names are unique in their place. Of two that are now the same, one gets a number.
  FOREACH place IN ARRAY ARRAY['applications', 'workspaces', 'user_groups'] LOOP
    FOR row_id, typed IN EXECUTE format('SELECT id, ' || line || ' FROM %2$I WHERE %1$I <> ' || line || ' AND ' || line
      || ' <> '''' ORDER BY created_at, id', 'name', place) USING invisible, spaces
    LOOP
      number := 1;
      LOOP
        BEGIN
          EXECUTE format('UPDATE %I SET name = $2 WHERE id = $1', place)
            USING row_id, typed || CASE number WHEN 1 THEN '' ELSE ' (' || number || ')' END;
          EXIT;
        EXCEPTION WHEN unique_violation THEN
          number := number + 1;
        END;
      END LOOP;
    END LOOP;
  END LOOP;
END
$$;
