import { z } from "zod"
import { action, type Made, type MadeSoFar, type Observation, provision } from "../../../core/provision.ts"
import { Secret } from "../../../core/secret.ts"
import type { GridPaneApi } from "../api.ts"
import { unlessGone } from "../gone.ts"
import { type GridPaneBuild, GridPaneServer } from "../types.ts"
import { reference } from "./fields.ts"
import { findIn } from "./find.ts"

const common = {
  name: z
    .string()
    .regex(/^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i, "must be letters, digits and hyphens")
    .meta({ title: "Name", description: "The label and hostname. Have no two servers of one name" }),
  webserver: z.enum(["nginx", "openlitespeed"]).meta({ title: "Web server" }),
  database: z.enum(["percona", "mariadb"]).meta({ title: "Database" }),
}

const where = {
  title: "Infrastructure",
  description: "A cloud; or custom, a new machine of one's own with nothing but Ubuntu LTS on it",
}

const machine = {
  ...common,
  integrationId: reference(
    "Integration",
    "For a cloud: the id of the account there, from `GET /user/integrations`",
  ),
  region: z
    .string()
    .min(1)
    .meta({ title: "Region", description: "For a cloud: from `GET /server/{cloud}/plans`" }),
  plan: z
    .string()
    .min(1)
    .meta({ title: "Plan", description: "For a cloud: from `GET /server/{cloud}/plans`" }),
}

const Input = z.discriminatedUnion("infrastructure", [
  z.strictObject({
    infrastructure: z.enum(["digitalocean", "vultr", "linode", "aws-lightsail"]).meta(where),
    ...machine,
    cloudBackups: z
      .boolean()
      .optional()
      .meta({ title: "Cloud backups", description: "For a cloud: its own backups of the whole machine" }),
  }),
  z.strictObject({
    infrastructure: z.literal("upcloud").meta(where),
    ...machine,
    diskGb: z
      .int()
      .positive()
      .meta({ title: "Disk (GB)", description: "For UpCloud: the plan's `storage_size`" }),
  }),
  z.strictObject({
    infrastructure: z.literal("custom").meta(where),
    ...common,
    ip: z.ipv4().meta({ title: "IPv4 address", description: "For a machine of one's own" }),
    datacenter: z
      .string()
      .min(1)
      .meta({ title: "Data centre", description: "For a machine of one's own: what to call where it is" }),
  }),
])
type Input = z.output<typeof Input>

const Found = GridPaneServer.pick({ id: true, label: true, ip: true, status: true })

export const server = provision({
  table: "servers",
  title: "Server",
  input: Input,
  steps: [
    {
      name: "server",
      find: (api: GridPaneApi, input) =>
        findIn("GET /server", api.listServers(), Found, ({ label, ip }) => {
          if (label?.toLowerCase() !== input.name.toLowerCase()) return false
          return input.infrastructure !== "custom" || !ip || ip === input.ip
        }),
      create,
      undo: (api, { id }) => unlessGone(api.deleteServer(id)),
    },
  ],
  observe,
  destroy: (api: GridPaneApi, { providerResourceId: id }) => unlessGone(api.deleteServer(id)),
  isGone: async (api, { providerResourceId: id }) => (await unlessGone(api.getServer(id))) === undefined,
})

async function create(api: GridPaneApi, input: Input): Promise<Made> {
  const { name, webserver, database } = input
  if (input.infrastructure === "custom") {
    const { ip, datacenter } = input
    const made = await api.createCustomServer({ name, ip, datacenter, webserver, database })
    return { id: made.server_id, ...shown(`Command to run as root on ${ip}`, made.command) }
  }
  const made = await api.createServer(input.infrastructure, {
    integration_id: input.integrationId,
    name,
    region_id: input.region,
    plan_id: input.plan,
    webserver,
    database,
    ...(input.infrastructure === "upcloud"
      ? { size: String(input.diskGb) }
      : { enable_auto_backups: input.cloudBackups }),
  })
  return { id: made.server_id, ...shown("Temporary password of the machine", made.temp_pass) }
}

function shown(title: string, value: string | null | undefined): Pick<Made, "shows"> {
  return value ? { shows: [{ title, value: new Secret(value) }] } : {}
}

async function observe(api: GridPaneApi, { server: made }: MadeSoFar, input: Input): Promise<Observation> {
  const id = made?.id ?? ""
  const build = await unlessGone(api.getServerBuild(id))
  if (build && build.build_percentage !== 100) return { state: "pending", progress: progress(build, input) }
  const item = await api.getServer(id)
  // Without a record of its building, only the one word that is known says that it is built.
  const isBuilt = build !== undefined || Found.safeParse(item).data?.status === "active"
  return isBuilt ? { state: "ready", item } : { state: "pending" }
}

function progress({ build_percentage, current_details, build_status }: GridPaneBuild, input: Input): string {
  if (build_percentage != null) return `${build_percentage} %${current_details ? `: ${current_details}` : ""}`
  if (input.infrastructure === "custom") return `Waiting for the command to be run on ${input.ip}`
  return build_status ?? "Waiting for the machine"
}

export const serverActions = {
  setTimezone: action({
    table: "servers",
    title: "Set the time zone",
    input: z.strictObject({
      timezone: z
        .string()
        .regex(/^[A-Z][\w+-]*(\/[\w+-]+)*$/, "must be a name such as Europe/Berlin or UTC")
        .meta({ title: "Time zone", description: "Europe/Berlin, for one, or UTC" }),
    }),
    async run(api: GridPaneApi, { providerResourceId }, { timezone }) {
      await api.updateServer(providerResourceId, { server_timezone: timezone })
      return { message: `The time zone is being set to ${timezone}.` }
    },
  }),
  setSecurityReboots: action({
    table: "servers",
    title: "Reboot for security updates",
    input: z.strictObject({
      enabled: z.boolean().meta({ title: "Enabled" }),
      time: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 02:30")
        .optional()
        .meta({ title: "Time", description: "02:30, for one, in the server's time zone" }),
    }),
    async run(api: GridPaneApi, { providerResourceId }, { enabled, time }) {
      await api.updateServer(providerResourceId, {
        security_updates_reboot: enabled,
        security_updates_reboot_time: time,
      })
      return { message: `Reboots for security updates are being switched ${enabled ? "on" : "off"}.` }
    },
  }),
}
