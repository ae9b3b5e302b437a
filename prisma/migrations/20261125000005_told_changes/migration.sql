-- What a revocation waits for, with fewer ways between the database and the nodes.

-- As before, except that a transaction that is sealed tells nodes at its seal, and all that it changed with it.
-- Whoever seals changes nothing after it: what was told would not be all.
CREATE OR REPLACE FUNCTION "announce_verdict_change"(organization UUID, key TEXT, person UUID) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  taken TEXT := current_setting('latchkey.verdict_change', true);
  seal TEXT := current_setting('latchkey.seal', true);
  number BIGINT;
BEGIN
  IF seal = 'done' THEN
    RAISE EXCEPTION 'A verdict changed after its transaction was sealed';
  END IF;
  IF taken IS NULL OR taken = '' THEN
    UPDATE verdict_change_head SET sequence = sequence + 1 RETURNING sequence INTO number;
    PERFORM set_config('latchkey.verdict_change', number::text, true);
    IF seal IS DISTINCT FROM 'begun' THEN
      PERFORM pg_notify('latchkey_verdict_changes', number::text);
    END IF;
  ELSE
    number := taken::bigint;
  END IF;
  INSERT INTO verdict_changes (sequence, organization_id, key_id, user_id)
  VALUES (number, organization, key, person);
END $$;

-- The last statement of a transaction: announces now what the end of the transaction would, tells the nodes of
-- it, and gives the number, null when nothing changed. A node that knows all changes before this one needs to
-- read nothing. More than fifty changes could be more than a notification holds: then nodes read them.
CREATE OR REPLACE FUNCTION "seal_verdict_changes"() RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
  number BIGINT;
  changes JSONB;
BEGIN
  PERFORM set_config('latchkey.seal', 'begun', true);
  SET CONSTRAINTS ALL IMMEDIATE;
  PERFORM set_config('latchkey.seal', 'done', true);
  number := nullif(current_setting('latchkey.verdict_change', true), '')::bigint;
  IF number IS NOT NULL THEN
    SELECT jsonb_agg(jsonb_build_array(c.organization_id, c.key_id, c.user_id)) INTO changes FROM (
      SELECT DISTINCT organization_id, key_id, user_id FROM verdict_changes WHERE sequence = number LIMIT 51) c;
    PERFORM pg_notify('latchkey_verdict_changes',
      number::text || CASE WHEN jsonb_array_length(changes) <= 50 THEN ' ' || changes::text ELSE '' END);
  END IF;
  RETURN number;
END $$;

-- The number up to which all living nodes have acknowledged, null when none lives. Looks again every millisecond
-- until it is what is wanted, or patience is over: cheaper and sooner than to be asked again and again.
CREATE FUNCTION "acknowledged_by_all"(wanted BIGINT, patience_ms INTEGER) RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
  until TIMESTAMPTZ := clock_timestamp() + patience_ms * interval '1 ms';
  lowest BIGINT;
BEGIN
  LOOP
    SELECT min(acknowledged) INTO lowest FROM nodes WHERE lease_until > clock_timestamp();
    IF lowest IS NULL OR lowest >= wanted OR clock_timestamp() >= until THEN
      RETURN lowest;
    END IF;
    PERFORM pg_sleep(0.001);
  END LOOP;
END $$;
