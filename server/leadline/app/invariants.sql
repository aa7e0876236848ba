-- What must never be true, whatever happens. Each statement answers the rows that break its sentence;
-- all of them must answer none. `leadline doctor` runs them, and so do the fault tests.

-- A running job is past its lease for more than a minute: no reaper works.
SELECT id, task, lease_until FROM infra_job
WHERE state = 'running' AND lease_until < now() - interval '60 seconds';

-- A ready job has waited for ten minutes: no worker works.
SELECT id, task, created_at FROM infra_job
WHERE state = 'ready' AND run_at IS NULL AND created_at < now() - interval '10 minutes';

-- A submission is neither understood nor quarantined ten minutes after it came.
SELECT id, channel, received_at FROM capture_submission
WHERE state = 'received' AND received_at < now() - interval '10 minutes';

-- An understood submission that was to open a lead points to a lead that does not exist.
SELECT s.id, s.lead_id FROM capture_submission s
WHERE s.lead_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM leads_lead l WHERE l.id = s.lead_id);

-- An open lead has neither an owner nor a team.
SELECT id, name FROM leads_lead
WHERE status = 'open' AND deleted_at IS NULL AND owner_id IS NULL AND team_id IS NULL;

-- A contact has two open leads.
SELECT contact_id FROM leads_lead WHERE status = 'open' AND deleted_at IS NULL
GROUP BY contact_id HAVING count(*) > 1;

-- A lead stands in a stage of another pipeline.
SELECT l.id FROM leads_lead l JOIN leads_stage s ON s.id = l.stage_id WHERE s.pipeline_id <> l.pipeline_id;

-- A lead has no running stay in its stage, or more than one.
SELECT l.id FROM leads_lead l
LEFT JOIN leads_stagevisit v ON v.lead_id = l.id AND v.left_at IS NULL
GROUP BY l.id HAVING count(v.id) <> 1;

-- The running totals of the board differ from the leads.
SELECT stage_id, total, counted FROM (
    SELECT workspace_id, stage_id, sum(count) AS total FROM leads_boardtotal GROUP BY 1, 2
) AS totals FULL JOIN (
    SELECT workspace_id, stage_id, count(*) AS counted FROM leads_lead
    WHERE deleted_at IS NULL AND status <> 'spam' GROUP BY 1, 2
) AS leads USING (workspace_id, stage_id)
WHERE COALESCE(total, 0) <> COALESCE(counted, 0);

-- The clock of a closed or deleted lead still runs.
SELECT c.id, c.lead_id FROM assignment_slaclock c JOIN leads_lead l ON l.id = c.lead_id
WHERE c.stopped_at IS NULL AND c.next_at IS NOT NULL
    AND (l.status <> 'open' OR l.deleted_at IS NOT NULL)
    AND c.next_at < now() - interval '10 minutes';

-- A message was sent but no reference to it at the provider was kept.
SELECT id FROM conversations_message
WHERE direction = 'out' AND state IN ('sent', 'delivered', 'read') AND provider_id = '' AND our_ref = '';

-- A message has been on its way to the provider for ten minutes.
SELECT id, channel, sending_at FROM conversations_message
WHERE direction = 'out' AND state = 'sending' AND sending_at < now() - interval '10 minutes';

-- One message of a provider was filed twice.
SELECT workspace_id, channel, provider_id FROM conversations_message WHERE provider_id <> ''
GROUP BY 1, 2, 3 HAVING count(*) > 1;
