"""The search for people: applies the actor's reach itself, so that it may use the trigram index.

First everyone in whose names each asked word begins a word, the actor's own communes being all there is to see;
then, while there is room, those whose names are merely like what was asked (word similarity of pg_trgm).
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION families_search(words text[], year integer, wanted_phone text, number_index text, most integer)
RETURNS TABLE (person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
SET pg_trgm.word_similarity_threshold = 0.5 AS $$
DECLARE
    reach bigint[] := access.communes();
    within bigint[] := access.villages();
    everywhere boolean := access.everywhere();
    asked text := array_to_string(words, ' ');
    patterns text[] := ARRAY(SELECT '% ' || word || '%' FROM unnest(words) AS word);
    place text := CASE
        WHEN everywhere THEN 'true'
        WHEN within IS NULL THEN 'person.commune_id = ANY($1)'
        ELSE 'person.commune_id = ANY($1) AND person.village_id = ANY($2)'
    END || CASE WHEN year IS NULL THEN '' ELSE ' AND person.birth_year BETWEEN $5 - 1 AND $5 + 1' END;
    found integer;
BEGIN
    IF NOT access.may('families.household.viewed') OR most < 1 THEN
        RETURN;
    END IF;
    IF wanted_phone <> '' OR number_index <> '' THEN
        RETURN QUERY EXECUTE 'SELECT person.id FROM families_person AS person WHERE ' || place
            || CASE WHEN wanted_phone <> '' THEN ' AND person.phone = $6' ELSE ' AND person.identity_number_index = $7' END
            || ' ORDER BY person.sort_key, person.id LIMIT $4'
            USING reach, within, patterns, most, year, wanted_phone, number_index;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE 'SELECT one.id FROM (SELECT person.id, person.sort_key, person.search_text'
        || ' FROM families_person AS person WHERE person.search_text LIKE ALL ($3) AND ' || place || ' LIMIT 500) AS one'
        || ' ORDER BY one.search_text NOT LIKE ''% '' || $8 || ''%'', one.sort_key, one.id LIMIT $4'
        USING reach, within, patterns, most, year, wanted_phone, number_index, asked;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < most AND length(asked) > 3 THEN
        RETURN QUERY EXECUTE 'SELECT one.id FROM (SELECT person.id, person.sort_key, person.search_text'
            || ' FROM families_person AS person WHERE $8 <% person.search_text'
            || ' AND NOT person.search_text LIKE ALL ($3) AND ' || place || ' LIMIT 2000) AS one'
            || ' ORDER BY word_similarity($8, one.search_text) DESC, one.sort_key, one.id LIMIT $4'
            USING reach, within, patterns, most - found, year, wanted_phone, number_index, asked;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION families_search(text[], integer, text, text, integer)")]
