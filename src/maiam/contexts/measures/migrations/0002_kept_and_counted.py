"""What was asked and decided stays; and what the records of every commune say of one person, for those who must decide."""

from django.db import migrations

KEEP = """
CREATE FUNCTION measures_keep_as_decided() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a measure ends, it is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.id, OLD.kind, OLD.case_id, OLD.file_id, OLD.incident_id, OLD.commune_id, OLD.competent_commune_id,
        OLD.carried_in_id, OLD.person_id, OLD.requester, OLD.consent_by, OLD.consent_at, OLD.requested_at,
        OLD.recorded_at, OLD.request_sealed)
       IS DISTINCT FROM
       (NEW.id, NEW.kind, NEW.case_id, NEW.file_id, NEW.incident_id, NEW.commune_id, NEW.competent_commune_id,
        NEW.carried_in_id, NEW.person_id, NEW.requester, NEW.consent_by, NEW.consent_at, NEW.requested_at,
        NEW.recorded_at, NEW.request_sealed)
    THEN
        RAISE EXCEPTION 'a measure stays as it was asked for' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.decided_at IS NOT NULL AND
       (OLD.decided_at, OLD.decided_on, OLD.decided_by_id, OLD.decided_by_post_id, OLD.decision_sealed, OLD.ends_at,
        OLD.follows_id)
       IS DISTINCT FROM
       (NEW.decided_at, NEW.decided_on, NEW.decided_by_id, NEW.decided_by_post_id, NEW.decision_sealed, NEW.ends_at,
        NEW.follows_id)
    THEN
        RAISE EXCEPTION 'a decision stays as it was made' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.starts_at IS NOT NULL AND OLD.starts_at IS DISTINCT FROM NEW.starts_at THEN
        RAISE EXCEPTION 'a measure begins once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state IN ('refused', 'ended', 'cancelled', 'superseded')
       AND (OLD.state, OLD.stopped_at, OLD.outcome_sealed) IS DISTINCT FROM (NEW.state, NEW.stopped_at, NEW.outcome_sealed)
       OR array_position(ARRAY['requested', 'ordered', 'served', 'in_force'], NEW.state::text)
          < array_position(ARRAY['requested', 'ordered', 'served', 'in_force'], OLD.state::text)
       OR OLD.state <> 'requested' AND OLD.state <> NEW.state AND NEW.state = 'refused'
    THEN
        RAISE EXCEPTION 'a measure goes forward only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept_as_decided BEFORE UPDATE OR DELETE ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION measures_keep_as_decided();
"""
FORGET_KEEP = "DROP TRIGGER kept_as_decided ON measures_measure; DROP FUNCTION measures_keep_as_decided()"

# All rows that are one person: the register folds doubles into one.
SAME_PERSON = """
CREATE FUNCTION measures_same_person(asked uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = public, pg_catalog AS $$
    SELECT other.id FROM families_person AS one
    JOIN families_person AS other
      ON other.id = coalesce(one.merged_into_id, one.id) OR other.merged_into_id = coalesce(one.merged_into_id, one.id)
    WHERE one.id = asked
$$;
CREATE FUNCTION measures_may_judge(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    SELECT access.may('measures.measure.viewed') AND (access.everywhere()
        OR EXISTS (SELECT 1 FROM cases_perpetratorfile AS file
                   WHERE file.person_id IN (SELECT measures_same_person(asked))
                     AND file.commune_id = ANY (access.communes()))
        OR EXISTS (SELECT 1 FROM measures_measure AS measure
                   WHERE measure.person_id IN (SELECT measures_same_person(asked))
                     AND measure.carried_in_id = ANY (access.communes())))
$$;
"""
FORGET_SAME_PERSON = "DROP FUNCTION measures_may_judge(uuid); DROP FUNCTION measures_same_person(uuid)"

# When and in which commune, and whether it was fined: no victim, no place, no story.
COUNT = """
CREATE FUNCTION measures_past_acts(asked uuid)
RETURNS TABLE (incident_id uuid, occurred_at timestamptz, prec varchar, is_approximate boolean, verification varchar,
               commune varchar, fined_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    SELECT incident.id, incident.occurred_at, incident.precision, incident.is_approximate, incident.verification,
           unit.name,
           (SELECT min(coalesce(fine.decided_on, (fine.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))
            FROM measures_measure AS fine
            WHERE fine.incident_id = incident.id AND fine.kind = 'M_K_ADMIN' AND fine.person_id = party.person_id
              AND fine.decided_at IS NOT NULL AND fine.state NOT IN ('refused', 'cancelled'))
    FROM cases_incidentparty AS party
    JOIN cases_incident AS incident ON incident.id = party.incident_id
    JOIN places_unit AS unit ON unit.id = incident.commune_id
    WHERE measures_may_judge(asked)
      AND party.role = 'aggressor'
      AND party.person_id IN (SELECT measures_same_person(asked))
    ORDER BY incident.occurred_at, incident.id
$$;
CREATE FUNCTION measures_person_facts(asked uuid)
RETURNS TABLE (commune_id bigint, birth_year smallint, birth_month smallint, birth_day smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    SELECT person.commune_id, person.birth_year, person.birth_month, person.birth_day
    FROM families_person AS one JOIN families_person AS person ON person.id = coalesce(one.merged_into_id, one.id)
    WHERE one.id = asked AND measures_may_judge(asked)
$$;
"""
FORGET_COUNT = "DROP FUNCTION measures_past_acts(uuid); DROP FUNCTION measures_person_facts(uuid)"


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [
        migrations.RunSQL(KEEP, FORGET_KEEP),
        migrations.RunSQL(SAME_PERSON, FORGET_SAME_PERSON),
        migrations.RunSQL(COUNT, FORGET_COUNT),
    ]
