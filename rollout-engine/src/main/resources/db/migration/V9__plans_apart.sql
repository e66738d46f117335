-- What a rollout is to do, beside where it stands: written when it changes, and read by whoever doesn't know it (ADR 0044).
-- States of form 1 have it within; each is written anew in form 2 with its next change.
alter table application add column plan jsonb, add column plan_id text;
