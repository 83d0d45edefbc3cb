"""Whose a number is and whose names are near a person: answered for whoever keeps their rule, and no more than that.

The register of one commune does not tell what another holds; a number of the aggressor's does not become safe by that.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION contacts_next_version(kind text, who uuid) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    SELECT coalesce(max(version), 0) + 1 FROM contacts_contactrule WHERE recipient_kind = kind AND recipient_id = who
$$;

CREATE FUNCTION contacts_may_ask() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT access.may('contacts.rule.kept') OR access.may('house.kept')
$$;

CREATE FUNCTION contacts_same_person(asked uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = public, pg_catalog AS $$
    SELECT other.id FROM families_person AS one
    JOIN families_person AS other
      ON other.id = coalesce(one.merged_into_id, one.id) OR other.merged_into_id = coalesce(one.merged_into_id, one.id)
    WHERE one.id = asked
$$;

CREATE FUNCTION contacts_accused(kind text, who uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = public, pg_catalog AS $$
    WITH records AS (
        SELECT party.row_id FROM access_party AS party
        WHERE kind = 'person' AND NOT party.is_accused AND party.person_id IN (SELECT contacts_same_person(who))
        UNION SELECT who WHERE kind = 'reporter'
    ), matters AS (
        SELECT DISTINCT tie.matter_id FROM access_tie AS tie JOIN records ON records.row_id = tie.row_id
    ), near AS (
        SELECT tie.row_id FROM access_tie AS tie JOIN matters ON matters.matter_id = tie.matter_id
        UNION SELECT row_id FROM records
    )
    SELECT DISTINCT same.id FROM access_party AS party JOIN near ON near.row_id = party.row_id,
        LATERAL contacts_same_person(party.person_id) AS same (id)
    WHERE party.is_accused
$$;

CREATE FUNCTION contacts_number_owner(kind text, who uuid, number text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    WITH accused AS (SELECT contacts_accused(kind, who) AS id),
    home AS (
        SELECT DISTINCT other.person_id AS id FROM families_householdmembership AS stay
        JOIN accused ON accused.id = stay.person_id
        JOIN families_householdmembership AS other ON other.household_id = stay.household_id
        WHERE stay.ends_on IS NULL AND other.ends_on IS NULL
          AND NOT (kind = 'person' AND other.person_id IN (SELECT contacts_same_person(who)))
    )
    SELECT CASE
        WHEN number = '' OR NOT contacts_may_ask() THEN ''
        WHEN EXISTS (SELECT 1 FROM families_person AS person JOIN accused ON accused.id = person.id
                     WHERE person.phone = number) THEN 'aggressor'
        WHEN EXISTS (SELECT 1 FROM families_person AS person JOIN home ON home.id = person.id
                     WHERE person.phone = number) THEN 'household'
        ELSE '' END
$$;

CREATE FUNCTION contacts_names_near(kind text, who uuid) RETURNS TABLE (full_name text, is_accused boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    SELECT person.full_name, true FROM families_person AS person
    WHERE contacts_may_ask() AND person.id IN (SELECT contacts_accused(kind, who))
    UNION
    SELECT person.full_name, false FROM families_person AS person
    WHERE contacts_may_ask() AND kind = 'person' AND person.id IN (SELECT contacts_same_person(who))
$$;
REVOKE ALL ON FUNCTION contacts_accused(text, uuid), contacts_same_person(uuid) FROM PUBLIC;
"""

BACKWARD = """
DROP FUNCTION contacts_names_near(text, uuid), contacts_number_owner(text, uuid, text), contacts_accused(text, uuid),
    contacts_same_person(uuid), contacts_may_ask(), contacts_next_version(text, uuid);
"""

# What was asked, and what has left, stays as it was; a message only goes forward.
KEEP = """
CREATE FUNCTION contacts_keep_messages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a message is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.id, OLD.recipient_kind, OLD.recipient_id, OLD.record_kind, OLD.record_id, OLD.purpose, OLD.way, OLD.key,
        OLD.asked_at, OLD.worth_until)
       IS DISTINCT FROM
       (NEW.id, NEW.recipient_kind, NEW.recipient_id, NEW.record_kind, NEW.record_id, NEW.purpose, NEW.way, NEW.key,
        NEW.asked_at, NEW.worth_until)
    THEN
        RAISE EXCEPTION 'a message stays as it was asked for' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state IN ('sent', 'told', 'dropped')
        OR NOT (OLD.state = 'waiting' OR NEW.state IN ('told', 'dropped')))
    THEN
        RAISE EXCEPTION 'a message goes forward only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept_as_asked BEFORE UPDATE OR DELETE ON contacts_message
    FOR EACH ROW EXECUTE FUNCTION contacts_keep_messages();
"""
FORGET_KEEP = "DROP TRIGGER kept_as_asked ON contacts_message; DROP FUNCTION contacts_keep_messages()"


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0001_initial"),
        ("access", "0004_closed_matters"),
        ("families", "0011_counts_in_memory"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD), migrations.RunSQL(KEEP, FORGET_KEEP)]
