import type { Migration } from "../stores/sql/migrate.ts"

/** Models of better-auth that are kept in tables of their own; organisations and their members are StackDock's. */
export const tables: Readonly<Record<string, string>> = {
  user: "auth_users",
  session: "auth_sessions",
  account: "auth_accounts",
  verification: "auth_verifications",
  invitation: "auth_invitations",
}

const initial: Migration = {
  name: "initial",
  statements: [
    `create table auth_users (
      id text primary key,
      name text not null,
      email text not null unique,
      email_verified integer not null,
      image text,
      created_at text not null,
      updated_at text not null
    )`,
    `create table auth_sessions (
      id text primary key,
      token text not null unique,
      user_id text not null references auth_users (id) on delete cascade,
      expires_at text not null,
      ip_address text,
      user_agent text,
      active_organization_id text,
      created_at text not null,
      updated_at text not null
    )`,
    `create index auth_sessions_by_user on auth_sessions (user_id)`,
    `create table auth_accounts (
      id text primary key,
      account_id text not null,
      provider_id text not null,
      user_id text not null references auth_users (id) on delete cascade,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at text,
      refresh_token_expires_at text,
      scope text,
      password text,
      created_at text not null,
      updated_at text not null,
      unique (provider_id, account_id)
    )`,
    `create index auth_accounts_by_user on auth_accounts (user_id)`,
    `create table auth_verifications (
      id text primary key,
      identifier text not null,
      value text not null,
      expires_at text not null,
      created_at text not null,
      updated_at text not null
    )`,
    `create index auth_verifications_by_identifier on auth_verifications (identifier)`,
    `create table auth_invitations (
      id text primary key,
      organization_id text not null,
      email text not null,
      role text,
      team_id text,
      status text not null,
      inviter_id text not null,
      expires_at text not null,
      created_at text not null
    )`,
    `create index auth_invitations_by_email on auth_invitations (email)`,
    // Of whoever came first: one row at most, so that two at once are not both.
    `create table auth_first_user (only integer primary key check (only = 1), user_id text not null)`,
  ],
}

/** In order. Once released, one is never changed: add another. */
export const migrations: readonly Migration[] = [initial]
