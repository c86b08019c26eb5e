create table servers (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  primary_ip_address text,
  ip_addresses jsonb,
  hostname text,
  region text,
  plan text,
  operating_system text,
  cpu_cores bigint,
  memory_mb bigint,
  disk_gb bigint,
  stack text,
  infrastructure_provider text
);

create unique index servers_dock_id_provider_resource_id on servers (dock_id, provider_resource_id);

create index servers_dock_id_scope_deleted_at on servers (dock_id, scope, deleted_at);

create index servers_listing on servers (org_id, name, id, deleted_at, provider, dock_id, status);

create table web_services (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  production_url text,
  environment text,
  parent_provider_id text,
  server_provider_id text,
  region text,
  framework text,
  runtime text,
  repository_url text,
  branch text,
  ssl_enabled boolean,
  auto_deploy boolean,
  last_deployed_at text
);

create unique index web_services_dock_id_provider_resource_id on web_services (dock_id, provider_resource_id);

create index web_services_dock_id_scope_deleted_at on web_services (dock_id, scope, deleted_at);

create index web_services_dock_id_server_provider_id on web_services (dock_id, server_provider_id);

create index web_services_dock_id_parent_provider_id on web_services (dock_id, parent_provider_id);

create index web_services_listing on web_services (org_id, name, id, deleted_at, provider, dock_id, status, environment);

create table deployments (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  web_service_provider_id text,
  environment text,
  url text,
  branch text,
  commit_sha text,
  commit_message text,
  creator text,
  started_at text,
  finished_at text,
  error_message text
);

create unique index deployments_dock_id_provider_resource_id on deployments (dock_id, provider_resource_id);

create index deployments_dock_id_scope_deleted_at on deployments (dock_id, scope, deleted_at);

create index deployments_dock_id_web_service_provider_id_started_at on deployments (dock_id, web_service_provider_id, started_at);

create index deployments_listing on deployments (org_id, name, id, deleted_at, provider, dock_id, status, environment, started_at);

create table domains (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  display_name text,
  kind text,
  web_service_provider_id text,
  server_provider_id text,
  is_primary boolean,
  redirects_to text,
  registrar text,
  name_servers jsonb,
  dns_provider text,
  ssl_status text,
  ssl_expires_at text,
  registered_at text,
  expires_at text,
  auto_renew boolean
);

create unique index domains_dock_id_provider_resource_id on domains (dock_id, provider_resource_id);

create index domains_dock_id_scope_deleted_at on domains (dock_id, scope, deleted_at);

create index domains_dock_id_web_service_provider_id on domains (dock_id, web_service_provider_id);

create index domains_dock_id_server_provider_id on domains (dock_id, server_provider_id);

create index domains_listing on domains (org_id, name, id, deleted_at, provider, dock_id, status);

create table dns_records (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  domain_provider_id text,
  zone_name text,
  record_type text,
  content text,
  ttl bigint,
  priority bigint,
  proxied boolean,
  comment text
);

create unique index dns_records_dock_id_provider_resource_id on dns_records (dock_id, provider_resource_id);

create index dns_records_dock_id_scope_deleted_at on dns_records (dock_id, scope, deleted_at);

create index dns_records_dock_id_domain_provider_id on dns_records (dock_id, domain_provider_id);

create index dns_records_listing on dns_records (org_id, name, id, deleted_at, provider, dock_id, status);

create table databases (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  engine text,
  engine_version text,
  region text,
  plan text,
  hostname text,
  port bigint,
  storage_gb double precision,
  node_count bigint,
  server_provider_id text,
  parent_provider_id text
);

create unique index databases_dock_id_provider_resource_id on databases (dock_id, provider_resource_id);

create index databases_dock_id_scope_deleted_at on databases (dock_id, scope, deleted_at);

create index databases_dock_id_server_provider_id on databases (dock_id, server_provider_id);

create index databases_listing on databases (org_id, name, id, deleted_at, provider, dock_id, status);

create table block_volumes (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  size_gb bigint,
  region text,
  volume_type text,
  server_provider_id text,
  mount_path text
);

create unique index block_volumes_dock_id_provider_resource_id on block_volumes (dock_id, provider_resource_id);

create index block_volumes_dock_id_scope_deleted_at on block_volumes (dock_id, scope, deleted_at);

create index block_volumes_dock_id_server_provider_id on block_volumes (dock_id, server_provider_id);

create index block_volumes_listing on block_volumes (org_id, name, id, deleted_at, provider, dock_id, status);

create table buckets (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  region text,
  endpoint text,
  storage_class text,
  is_public boolean,
  size_bytes bigint,
  object_count bigint
);

create unique index buckets_dock_id_provider_resource_id on buckets (dock_id, provider_resource_id);

create index buckets_dock_id_scope_deleted_at on buckets (dock_id, scope, deleted_at);

create index buckets_listing on buckets (org_id, name, id, deleted_at, provider, dock_id, status);

create table backup_schedules (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  web_service_provider_id text,
  server_provider_id text,
  database_provider_id text,
  storage text,
  frequency text,
  minute bigint,
  hour bigint,
  day_of_week bigint,
  day_of_month bigint,
  timezone text,
  backup_integration_provider_id text,
  storage_service text,
  retain_days bigint,
  prune_rule text,
  last_run_at text,
  next_run_at text
);

create unique index backup_schedules_dock_id_provider_resource_id on backup_schedules (dock_id, provider_resource_id);

create index backup_schedules_dock_id_scope_deleted_at on backup_schedules (dock_id, scope, deleted_at);

create index backup_schedules_dock_id_web_service_provider_id on backup_schedules (dock_id, web_service_provider_id);

create index backup_schedules_dock_id_server_provider_id on backup_schedules (dock_id, server_provider_id);

create index backup_schedules_listing on backup_schedules (org_id, name, id, deleted_at, provider, dock_id, status);

create table backup_integrations (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  service text,
  region text,
  bucket_name text,
  web_service_provider_ids jsonb
);

create unique index backup_integrations_dock_id_provider_resource_id on backup_integrations (dock_id, provider_resource_id);

create index backup_integrations_dock_id_scope_deleted_at on backup_integrations (dock_id, scope, deleted_at);

create index backup_integrations_listing on backup_integrations (org_id, name, id, deleted_at, provider, dock_id, status);

create table backups (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  web_service_provider_id text,
  server_provider_id text,
  database_provider_id text,
  backup_integration_provider_id text,
  storage text,
  storage_service text,
  kind text,
  tag text,
  taken_at text,
  size_bytes bigint,
  expires_at text
);

create unique index backups_dock_id_provider_resource_id on backups (dock_id, provider_resource_id);

create index backups_dock_id_scope_deleted_at on backups (dock_id, scope, deleted_at);

create index backups_dock_id_web_service_provider_id on backups (dock_id, web_service_provider_id);

create index backups_dock_id_server_provider_id on backups (dock_id, server_provider_id);

create index backups_dock_id_database_provider_id on backups (dock_id, database_provider_id);

create index backups_dock_id_backup_integration_provider_id on backups (dock_id, backup_integration_provider_id);

create index backups_listing on backups (org_id, name, id, deleted_at, provider, dock_id, status, taken_at);

create table monitors (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  url text,
  monitor_type text,
  check_interval_seconds bigint,
  last_checked_at text,
  uptime_percent double precision,
  response_time_ms double precision,
  web_service_provider_id text
);

create unique index monitors_dock_id_provider_resource_id on monitors (dock_id, provider_resource_id);

create index monitors_dock_id_scope_deleted_at on monitors (dock_id, scope, deleted_at);

create index monitors_dock_id_web_service_provider_id on monitors (dock_id, web_service_provider_id);

create index monitors_listing on monitors (org_id, name, id, deleted_at, provider, dock_id, status);

create table issues (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  severity text,
  project_name text,
  assignee text,
  occurrences bigint,
  users_affected bigint,
  first_seen_at text,
  last_occurred_at text,
  resolved_at text,
  web_service_provider_id text,
  monitor_provider_id text
);

create unique index issues_dock_id_provider_resource_id on issues (dock_id, provider_resource_id);

create index issues_dock_id_scope_deleted_at on issues (dock_id, scope, deleted_at);

create index issues_dock_id_web_service_provider_id on issues (dock_id, web_service_provider_id);

create index issues_dock_id_monitor_provider_id on issues (dock_id, monitor_provider_id);

create index issues_listing on issues (org_id, name, id, deleted_at, provider, dock_id, status, last_occurred_at);

create table repositories (
  id bigint generated always as identity primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  provider_resource_id text not null,
  scope text not null,
  name text not null,
  provider_status text,
  provider_url text,
  full_api_data jsonb not null,
  content_hash text not null,
  created_at text not null,
  updated_at text not null,
  last_seen_at text not null,
  deleted_at text,
  provisioning_source text not null,
  provisioning_state text,
  provisioned_at text,
  status text not null,
  full_name text,
  url text,
  default_branch text,
  visibility text,
  is_fork boolean,
  language text,
  pushed_at text
);

create unique index repositories_dock_id_provider_resource_id on repositories (dock_id, provider_resource_id);

create index repositories_dock_id_scope_deleted_at on repositories (dock_id, scope, deleted_at);

create index repositories_listing on repositories (org_id, name, id, deleted_at, provider, dock_id, status);

create table docks (
  id text not null primary key,
  org_id text not null,
  provider text not null,
  name text not null,
  account_id text,
  account_name text,
  status text not null,
  credentials text,
  last_error text,
  last_synced_at text,
  sync_interval_minutes bigint,
  lease_holder text,
  lease_expires_at text,
  created_at text not null,
  updated_at text not null
);

create unique index docks_org_id_name on docks (org_id, name);

create index docks_org_id_provider on docks (org_id, provider);

create table sync_runs (
  id text not null primary key,
  org_id text not null,
  dock_id text not null,
  status text not null,
  started_at text not null,
  finished_at text,
  fetched bigint not null,
  inserted bigint not null,
  updated bigint not null,
  unchanged bigint not null,
  deleted bigint not null,
  skipped bigint not null,
  requests bigint not null,
  waited_ms bigint not null,
  error text
);

create index sync_runs_dock_id_started_at on sync_runs (dock_id, started_at);

create index sync_runs_org_id_started_at on sync_runs (org_id, started_at);

create table sync_scopes (
  org_id text not null,
  dock_id text not null,
  table_name text not null,
  scope text not null,
  last_tried_at text not null,
  last_complete_at text,
  last_error text
);

create unique index sync_scopes_dock_id_table_name_scope on sync_scopes (dock_id, table_name, scope);

create table provisionings (
  id text not null primary key,
  org_id text not null,
  dock_id text not null,
  operation text not null,
  kind text not null,
  table_name text not null,
  state text not null,
  idempotency_key text not null,
  input jsonb not null,
  withheld jsonb not null,
  steps jsonb not null,
  is_rolling_back boolean not null,
  provider_resource_id text,
  error_code text,
  error_message text,
  requested_by text not null,
  lease_holder text,
  lease_expires_at text,
  created_at text not null,
  updated_at text not null,
  finished_at text
);

create unique index provisionings_org_id_idempotency_key on provisionings (org_id, idempotency_key);

create index provisionings_dock_id_state on provisionings (dock_id, state);

create index provisionings_org_id_created_at on provisionings (org_id, created_at);

create table audit_log (
  id text not null primary key,
  org_id text not null,
  actor text not null,
  action text not null,
  target_table text,
  target_id text,
  result text not null,
  error_code text,
  request_id text,
  at text not null
);

create index audit_log_org_id_at on audit_log (org_id, at);

create index audit_log_org_id_target_table_target_id on audit_log (org_id, target_table, target_id);

create table resource_changes (
  id text not null primary key,
  org_id text not null,
  dock_id text not null,
  provider text not null,
  table_name text not null,
  resource_id text not null,
  name text not null,
  kind text not null,
  fields jsonb not null,
  at text not null
);

create index resource_changes_org_id_at on resource_changes (org_id, at);

create index resource_changes_dock_id_at on resource_changes (dock_id, at);

create index resource_changes_resource_id_at on resource_changes (resource_id, at);

create table organizations (
  id text not null primary key,
  name text not null,
  slug text not null,
  created_at text not null,
  updated_at text not null
);

create unique index organizations_slug on organizations (slug);

create table memberships (
  id text not null primary key,
  org_id text not null,
  user_id text not null,
  role text not null,
  created_at text not null,
  updated_at text not null
);

create unique index memberships_org_id_user_id on memberships (org_id, user_id);

create index memberships_user_id on memberships (user_id);
