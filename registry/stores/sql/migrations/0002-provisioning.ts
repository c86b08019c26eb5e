import type { Migration } from "../migrate.ts"

/** What recovery needs to know. Nothing wrote into the first form of this table, so it is made anew. */
export const provisioning: Migration = {
  name: "provisioning",
  statements: [
    `drop table provisionings`,
    `create table provisionings (
  id text not null primary key,
  org_id text not null,
  dock_id text not null,
  operation text not null,
  kind text not null,
  table_name text not null,
  state text not null,
  idempotency_key text not null,
  input text not null,
  withheld text not null,
  steps text not null,
  is_rolling_back integer not null,
  provider_resource_id text,
  error_code text,
  error_message text,
  requested_by text not null,
  lease_holder text,
  lease_expires_at text,
  created_at text not null,
  updated_at text not null,
  finished_at text
) strict`,
    `create unique index provisionings_org_id_idempotency_key on provisionings (org_id, idempotency_key)`,
    `create index provisionings_dock_id_state on provisionings (dock_id, state)`,
    `create index provisionings_org_id_created_at on provisionings (org_id, created_at)`,
  ],
}
