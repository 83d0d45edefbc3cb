"""Know which words the register's people may be found by, and index people by words and year within their commune.

Of 650,000 people the register holds some 1,700 different words: what is typed is compared with those, never with
people. The list holds single folded words and about how many bear each, nothing else; nobody but the search reads it.
A word is learnt with its first bearer and goes with its last one (docs/decisions/search.md).
"""

import django.contrib.postgres.indexes
import django.db.models
from django.db import migrations

NEAR_WORDS = "CREATE EXTENSION IF NOT EXISTS fuzzystrmatch"

# PL/pgSQL and its price keep the planner from looking into it, and from weighing it against reading whole communes.
WORDS = """
CREATE FUNCTION families_words(search_text text, birth_year smallint) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
BEGIN
    RETURN array_to_tsvector(
        array_remove(array_remove(string_to_array(search_text, ' ') || birth_year::text, ''), NULL));
END $$;

CREATE FUNCTION families_lexeme(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT '''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || ''''
$$;
"""
WORDS_GONE = "DROP FUNCTION families_words(text, smallint), families_lexeme(text)"

# No policy and no owner's force: the application's role reads nothing here, the functions of the owner everything.
LIST = """
CREATE TABLE families_word (word text COLLATE "C" PRIMARY KEY, bearers integer NOT NULL);
ALTER TABLE families_word ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION families_tidy_words() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
BEGIN
    WITH borne AS MATERIALIZED (
        SELECT word, count(*) AS bearers
        FROM families_person, unnest(string_to_array(search_text, ' ')) AS word WHERE word <> '' GROUP BY word
    ), gone AS (
        DELETE FROM families_word WHERE word NOT IN (SELECT borne.word FROM borne)
    )
    INSERT INTO families_word SELECT borne.word, borne.bearers FROM borne ORDER BY borne.word
    ON CONFLICT (word) DO UPDATE SET bearers = excluded.bearers WHERE families_word.bearers <> excluded.bearers;
END $$;

CREATE FUNCTION families_learn_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
BEGIN
    INSERT INTO families_word
    SELECT word, count(*) FROM written, unnest(string_to_array(search_text, ' ')) AS word
    WHERE word <> '' GROUP BY word ORDER BY word ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION families_forget_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
BEGIN
    DELETE FROM families_word
    WHERE word IN (SELECT unnest(string_to_array(search_text, ' ')) FROM before)
      AND NOT EXISTS (SELECT FROM families_person
                      WHERE families_words(search_text, birth_year) @@ families_lexeme(families_word.word)::tsquery);
    RETURN NULL;
END $$;

CREATE FUNCTION families_change_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    lost text[];
BEGIN
    IF NOT EXISTS (SELECT FROM before JOIN written USING (id) WHERE before.search_text <> written.search_text) THEN
        RETURN NULL;
    END IF;
    INSERT INTO families_word
    SELECT word, count(*) FROM written, unnest(string_to_array(search_text, ' ')) AS word
    WHERE word <> '' GROUP BY word ORDER BY word ON CONFLICT DO NOTHING;
    lost := ARRAY(SELECT unnest(string_to_array(search_text, ' ')) FROM before
                  EXCEPT SELECT unnest(string_to_array(search_text, ' ')) FROM written);
    DELETE FROM families_word
    WHERE word = ANY(lost)
      AND NOT EXISTS (SELECT FROM families_person
                      WHERE families_words(search_text, birth_year) @@ families_lexeme(families_word.word)::tsquery);
    RETURN NULL;
END $$;

CREATE TRIGGER words_learnt AFTER INSERT ON families_person REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION families_learn_words();
CREATE TRIGGER words_changed AFTER UPDATE ON families_person REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION families_change_words();
CREATE TRIGGER words_forgotten AFTER DELETE ON families_person REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION families_forget_words();

SELECT families_tidy_words();
"""
LIST_GONE = """
DROP TRIGGER words_learnt ON families_person;
DROP TRIGGER words_changed ON families_person;
DROP TRIGGER words_forgotten ON families_person;
DROP FUNCTION families_tidy_words(), families_learn_words(), families_change_words(), families_forget_words();
DROP TABLE families_word;
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0008_counts")]
    operations = [
        migrations.RunSQL(NEAR_WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(WORDS, WORDS_GONE),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(django.db.models.F("commune"), name="int8_ops"),
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.Func(
                        django.db.models.F("search_text"), django.db.models.F("birth_year"), function="families_words"
                    ),
                    name="tsvector_ops",
                ),
                name="person_by_place_and_words",
                gin_pending_list_limit=512,
            ),
        ),
        migrations.RunSQL(LIST, LIST_GONE),
    ]
