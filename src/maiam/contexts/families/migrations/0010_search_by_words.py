"""Search by whole words first, by words nearly alike where that found too few; nearest place first.

Each step is one look into `person_by_place_and_words`. Nothing reads names one by one but to order what was found.
"""

from importlib import import_module

from django.db import migrations

BY_LETTERS = import_module("maiam.contexts.families.migrations.0003_search_by_place").SEARCH

SPELLINGS = """
-- Two letters turned around.
CREATE FUNCTION families_turned(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT length(one) = length(other) AND EXISTS (
        SELECT FROM generate_series(1, length(one) - 1) AS at
        WHERE overlay(one placing substr(one, at + 1, 1) || substr(one, at, 1) from at for 2) = other)
$$;

-- For each typed word what the register has, as parts of a tsquery: words that begin so; words one slip away (one
-- letter wrong, left out or twice, or two turned around); those and, among words of five letters, two slips away.
CREATE FUNCTION families_spellings(asked text[])
RETURNS TABLE (begun text, near text, far text, bearers bigint)
LANGUAGE sql STABLE SET search_path = public, pg_catalog AS $$
    SELECT known.begun, nullif(concat_ws(' | ', alike.near, apart.two), ''),
           nullif(concat_ws(' | ', alike.far, apart.two), ''), known.bearers
    FROM unnest(asked) WITH ORDINALITY AS typed (word, place)
    LEFT JOIN LATERAL (
        SELECT string_agg(families_lexeme(list.word), ' | ') AS begun, sum(list.bearers) AS bearers
        FROM families_word AS list
        WHERE list.word >= typed.word AND (list.word = typed.word
            OR typed.word !~ '^[0-9]+$' AND list.word < typed.word || chr(1114111))
    ) AS known ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(families_lexeme(near.word), ' | ') FILTER (WHERE near.is_one_slip) AS near,
               string_agg(families_lexeme(near.word), ' | ') FILTER (WHERE near.is_one_slip OR near.letters > 4) AS far
        FROM (
            SELECT other.word, greatest(length(other.word), length(typed.word)) AS letters,
                   levenshtein_less_equal(other.word, typed.word, 1) = 1 OR families_turned(other.word, typed.word)
                   AS is_one_slip
            FROM families_word AS other
            WHERE length(typed.word) > 2 AND typed.word !~ '[0-9]'
              AND length(other.word) BETWEEN length(typed.word) - 2 AND length(typed.word) + 2
              AND levenshtein_less_equal(other.word, typed.word, 2) BETWEEN 1 AND 2
            OFFSET 0
        ) AS near
        WHERE near.word !~ '[0-9]'
    ) AS alike ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(families_lexeme(head.word) || ' & ' || families_lexeme(tail.word), ' | ') AS two
        FROM generate_series(2, length(typed.word) - 2) AS at
        JOIN families_word AS head ON head.word = left(typed.word, at)
        JOIN families_word AS tail ON tail.word = substr(typed.word, at + 1)
        WHERE known.begun IS NULL
    ) AS apart ON true
    ORDER BY typed.place
$$;

-- The steps after the words as typed, each as the parts that must all be there: words begun so; two words that are
-- one; one word nearly alike, the last first; one word missing or unlike, but not the rarest.
CREATE FUNCTION families_looser(asked text[]) RETURNS TABLE (looseness integer, parts text[])
LANGUAGE plpgsql STABLE SET search_path = public, pg_catalog AS $$
DECLARE
    begun text[]; near text[]; far text[]; bearers bigint[]; known text[];
    count integer := cardinality(asked);
BEGIN
    SELECT array_agg(one.begun), array_agg(one.near), array_agg(one.far), array_agg(one.bearers)
    INTO begun, near, far, bearers FROM families_spellings(asked) AS one;
    known := ARRAY(SELECT coalesce(begun[at], far[at]) FROM generate_series(1, count) AS at);
    RETURN QUERY SELECT 1, begun;
    RETURN QUERY SELECT 1, begun[:at - 1] || families_lexeme(list.word) || begun[at + 2:]
        FROM generate_series(1, count - 1) AS at JOIN families_word AS list ON list.word = asked[at] || asked[at + 1];
    IF array_position(begun, NULL) IS NOT NULL THEN
        RETURN QUERY SELECT 2, ARRAY(SELECT coalesce(begun[at], near[at]) FROM generate_series(1, count) AS at);
        RETURN QUERY SELECT 2, known;
    ELSE
        RETURN QUERY SELECT 2, begun[:at - 1] || near[at] || begun[at + 1:] FROM generate_series(count, 1, -1) AS at;
    END IF;
    IF count > 2 THEN
        RETURN QUERY SELECT 3, known[:at - 1] || known[at + 1:] FROM generate_series(count, 1, -1) AS at
            WHERE at IS DISTINCT FROM (
                SELECT one FROM generate_series(1, count) AS one WHERE begun[one] IS NOT NULL ORDER BY bearers[one] LIMIT 1);
    ELSE
        RETURN QUERY SELECT 3, known[:at - 1] || far[at] || known[at + 1:] FROM generate_series(count, 1, -1) AS at;
    END IF;
END $$;
"""
SPELLINGS_GONE = """
DROP FUNCTION families_looser(text[]), families_spellings(text[]), families_turned(text, text)
"""

# Zones: the near commune, asked through the index, then the rest of the reach. A step is taken in both, then the next.
SEARCH = """
CREATE FUNCTION families_search(
    words text[], year integer, wanted_phone text, number_index text, near_commune bigint, most integer)
RETURNS TABLE (person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
SET enable_indexscan = off SET enable_seqscan = off AS $$
DECLARE
    reach bigint[] := access.communes();
    within bigint[] := access.villages();
    everywhere boolean := access.everywhere();
    near bigint := CASE WHEN everywhere OR near_commune = ANY(reach) THEN near_commune
                        WHEN cardinality(reach) = 1 THEN reach[1] END;
    asked text := array_to_string(words, ' ');
    rest text := CASE WHEN everywhere THEN 'true' ELSE 'person.commune_id + 0 = ANY($1)' END
        || CASE WHEN within IS NULL THEN '' ELSE ' AND person.village_id + 0 = ANY($2)' END;
    zones text[] := CASE
        WHEN near IS NULL THEN ARRAY[rest]
        WHEN cardinality(reach) = 1 AND NOT everywhere THEN ARRAY['person.commune_id = $5 AND ' || rest]
        ELSE ARRAY['person.commune_id = $5 AND ' || rest, 'person.commune_id <> $5 AND ' || rest]
    END;
    closeness text := 'one.search_text NOT LIKE ''% '' || $6 || '' %'' AND one.search_text NOT LIKE ''% '' || $6';
    own_province text := CASE WHEN near IS NULL OR cardinality(zones) = 1 THEN '' ELSE
        '(SELECT province_id FROM places_unit WHERE id = one.commune_id)'
        || ' IS DISTINCT FROM (SELECT province_id FROM places_unit WHERE id = $5), ' END;
    enough integer[] := ARRAY[most, least(most, 8), least(most, 3)];
    born text[] := CASE WHEN year IS NOT NULL THEN ARRAY[format('%s | %s | %s', year - 1, year, year + 1)] END;
    -- Each part is a condition of its own: the index leaps between conditions, but weighs each row within one.
    has_part text := 'families_words(person.search_text, person.birth_year) @@ $4[%s]::tsquery';
    step record;
    zone text;
    found uuid[] := '{}';
    more uuid[];
BEGIN
    IF NOT access.may('families.household.viewed') OR most < 1 THEN
        RETURN;
    END IF;
    IF wanted_phone <> '' OR number_index <> '' THEN
        RETURN QUERY EXECUTE 'SELECT person.id FROM families_person AS person WHERE ' || rest
            || CASE WHEN wanted_phone <> '' THEN ' AND person.phone = $6'
               ELSE ' AND (person.identity_number_index = $7 OR person.id = ANY(ARRAY('
                    'SELECT former.person_id FROM families_formernumber AS former WHERE former.number_index = $7)))' END
            || ' ORDER BY person.commune_id = $5 DESC, person.sort_key, person.id LIMIT $3'
            USING reach, within, most, words, near, wanted_phone, number_index;
        RETURN;
    END IF;
    FOR round IN 1..2 LOOP
        FOR step IN
            SELECT 1 AS looseness, ARRAY(SELECT families_lexeme(word) FROM unnest(words) AS word) || born AS parts
            WHERE round = 1
            UNION ALL SELECT looser.looseness, looser.parts || born FROM families_looser(words) AS looser
            WHERE round = 2 AND array_position(looser.parts, NULL) IS NULL
        LOOP
            EXIT WHEN cardinality(found) >= enough[step.looseness];
            FOREACH zone IN ARRAY zones LOOP
                EXECUTE 'SELECT array_agg(one.id ORDER BY ' || own_province || closeness || ', one.sort_key, one.id)'
                    || ' FROM (SELECT person.id, person.commune_id, person.sort_key, person.search_text'
                    || ' FROM families_person AS person'
                    || ' WHERE ' || (SELECT string_agg(format(has_part, at), ' AND ') FROM generate_series(1, cardinality(step.parts)) AS at)
                    || ' AND person.id <> ALL($7) AND ' || zone || ' LIMIT 400) AS one'
                    INTO more USING reach, within, most, step.parts, near, asked, found;
                found := found || more;
                EXIT WHEN cardinality(found) >= most;
            END LOOP;
        END LOOP;
        EXIT WHEN cardinality(found) >= most;
        closeness := closeness || ', word_similarity($6, one.search_text) DESC';
    END LOOP;
    RETURN QUERY SELECT unnest(found[:most]);
END $$;
"""
SEARCH_GONE = "DROP FUNCTION families_search(text[], integer, text, text, bigint, integer)"
BY_LETTERS_GONE = "DROP FUNCTION families_search(text[], integer, text, text, integer)"


class Migration(migrations.Migration):
    dependencies = [("families", "0009_words")]
    operations = [
        migrations.RunSQL(BY_LETTERS_GONE, BY_LETTERS),
        migrations.RunSQL(SPELLINGS, SPELLINGS_GONE),
        migrations.RunSQL(SEARCH, SEARCH_GONE),
        migrations.RemoveIndex(model_name="person", name="person_by_place_and_text"),
    ]
