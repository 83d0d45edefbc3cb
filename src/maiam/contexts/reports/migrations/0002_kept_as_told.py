"""The database keeps what was told, and answers the few questions nobody may ask the tables themselves."""

from django.db import migrations

KEPT_AS_TOLD = """
CREATE FUNCTION reports_keep_as_told() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a report is answered, never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.id, OLD.channel, OLD.receiving_address, OLD.told_at, OLD.told_at_reason, OLD.received_at, OLD.taken_by_post_id,
        OLD.story_sealed, OLD.place_sealed, OLD.kinds, OLD.signs, OLD.happening, OLD.in_danger, OLD.mode, OLD.likeness,
        OLD.is_doubtful)
       IS DISTINCT FROM
       (NEW.id, NEW.channel, NEW.receiving_address, NEW.told_at, NEW.told_at_reason, NEW.received_at, NEW.taken_by_post_id,
        NEW.story_sealed, NEW.place_sealed, NEW.kinds, NEW.signs, NEW.happening, NEW.in_danger, NEW.mode, NEW.likeness,
        NEW.is_doubtful)
    THEN
        RAISE EXCEPTION 'a report stays as it was told' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.outcome IS NOT NULL AND NEW.outcome IS DISTINCT FROM OLD.outcome
       OR OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at
       OR array_position(ARRAY['received', 'triaged', 'concluded', 'answered'], NEW.state::text)
          < array_position(ARRAY['received', 'triaged', 'concluded', 'answered'], OLD.state::text)
    THEN
        RAISE EXCEPTION 'a report goes forward only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER kept_as_told BEFORE UPDATE OR DELETE ON reports_report
FOR EACH ROW EXECUTE FUNCTION reports_keep_as_told();
"""

QUESTIONS = """
CREATE FUNCTION reports_claim_filing(report uuid, key text, body text, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    kept uuid;
BEGIN
    IF NOT (access.may('reports.report.filed') OR access.may('reports.report.taken')) THEN
        RAISE EXCEPTION 'not yours to file' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.reports_filing (id, report_id, key_hash, body_hash, filed_at)
    VALUES (report, report, key, body, at) ON CONFLICT (key_hash, body_hash) DO NOTHING;
    SELECT report_id INTO kept FROM public.reports_filing WHERE key_hash = key AND body_hash = body;
    RETURN kept;
END $$;

CREATE FUNCTION reports_report_of_receipt(hash text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT report_id FROM public.reports_receipt WHERE code_hash = hash
$$;

CREATE FUNCTION reports_pictures_kept(report uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT count(*) FROM public.reports_attachment WHERE report_id = report AND report = ANY(access.held())
$$;

CREATE FUNCTION reports_counts_by_commune(since timestamptz, until timestamptz)
RETURNS TABLE (commune_id bigint, reports bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT told.commune_id, count(*) FROM public.reports_report AS told
    WHERE told.received_at >= since AND told.received_at < until AND told.commune_id IS NOT NULL
      AND access.may('overview.province.viewed')
      AND (access.everywhere() OR told.commune_id = ANY(access.communes()))
    GROUP BY told.commune_id
$$;

CREATE FUNCTION reports_hand_over(report uuid, commune bigint, village bigint, owner bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.reports_report SET commune_id = commune, village_id = village, owner_post_id = owner
    WHERE id = report AND state IN ('received', 'triaged')
      AND (access.everywhere()
           OR access.may('reports.report.placed') AND owner_post_id = access.post()
           OR access.may('reports.report.triaged') AND commune_id = ANY(access.communes()) AND commune IS NULL);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not yours to hand over' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;
"""

NO_QUESTIONS = """
DROP FUNCTION reports_hand_over(uuid, bigint, bigint, bigint);
DROP FUNCTION reports_counts_by_commune(timestamptz, timestamptz);
DROP FUNCTION reports_pictures_kept(uuid);
DROP FUNCTION reports_report_of_receipt(text);
DROP FUNCTION reports_claim_filing(uuid, text, text, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("access", "0001_signed_context")]
    operations = [
        migrations.RunSQL(KEPT_AS_TOLD, "DROP FUNCTION reports_keep_as_told() CASCADE"),
        migrations.RunSQL(QUESTIONS, NO_QUESTIONS),
    ]
