import {
  defineSchema,
  type FunctionReference,
  type GenericActionCtx,
  getFunctionName,
  httpRouter,
  makeFunctionReference,
} from "convex/server"
import { convexTest, type TestConvexForDataModel } from "convex-test"
import type { AnyDock } from "../core/dock.ts"
import type { Roles } from "../engine/permissions.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { callsFrom } from "../stores/convex/call.ts"
import { convexStore } from "../stores/convex/index.ts"
import { type StoreModel, stackdockTables } from "../stores/convex/tables.ts"
import { stackdockRoutes } from "./http.ts"
import { publicFunctions } from "./public.ts"
import type { ConvexSetup, SignIn } from "./setup.ts"
import { workFunctions } from "./work.ts"

export const WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

const signIn: SignIn = {
  userOf: async ({ auth }) => (await auth.getUserIdentity())?.subject,
  webhookSecret: WEBHOOK_SECRET,
  organizationFor(event) {
    const { type, data } = event as { type: string; data: { id: string } }
    if (type !== "user.created") return undefined
    return { name: `Of ${data.id}`, slug: data.id.toLowerCase(), owner: data.id }
  },
}

/** A deployment with everything in it that a project has, held to Convex's limits; `keys` are those of its environment. */
export async function deployment({ docks, roles, keys }: { docks: AnyDock[]; roles?: Roles; keys?: string }) {
  const setup: ConvexSetup = { docks, signIn, keys: keys ?? (await newKeys()), ...(roles ? { roles } : {}) }
  const http = httpRouter()
  stackdockRoutes(http, setup)
  const functions = publicFunctions(setup)
  const work = workFunctions(setup)
  const given: Given[] = []
  const test = convexTest({
    schema: defineSchema(stackdockTables),
    modules: {
      "/convex/_generated/api.js": async () => ({}),
      "/convex/stackdockStore.ts": async () => watched(await import("../stores/convex/functions.ts"), given),
      "/convex/stackdockWork.ts": async () => watched(work, given),
      "/convex/stackdock.ts": async () => functions,
      "/convex/http.ts": async () => ({ default: http }),
    },
    transactionLimits: true,
  })
  await register(test, "@convex-dev/workpool/test", "stackdockPool")
  await register(test, "@convex-dev/rate-limiter/test", "stackdockLimiter")
  const backend = test as unknown as TestConvexForDataModel<StoreModel>
  return {
    setup,
    functions,
    work,
    backend,
    /** What is in the database, whoever may see it. */
    store: convexStore((name, args) => backend.action((ctx) => callsFrom(ctx)(name, args))),
    as: (subject: string) => caller(backend.withIdentity({ subject })),
    /** Somebody whose action is killed at the first call of a mutation that `when` says. */
    dying: (subject: string, when: (mutation: string) => boolean) => ({
      action: (name: keyof typeof functions, args: Record<string, unknown>) =>
        backend
          .withIdentity({ subject })
          .action((ctx) => handlerOf(functions[name])(killed(ctx, when), args)),
    }),
    /** What Convex would keep or may log: the arguments of internal functions, and of what is scheduled. */
    async kept() {
      const scheduled = await backend.run(({ db }) => db.system.query("_scheduled_functions").collect())
      return { given, scheduled }
    },
    stranger: caller(backend),
    run: (name: keyof typeof work, args: Record<string, unknown> = {}) =>
      "isMutation" in work[name]
        ? backend.mutation(makeFunctionReference<"mutation">(`stackdockWork:${name}`), args)
        : backend.action(makeFunctionReference<"action">(`stackdockWork:${name}`), args),
  }
}

export type Deployment = Awaited<ReturnType<typeof deployment>>

export async function newKeys(): Promise<string> {
  return formatKeyset({ primary: await generateKey(), older: [] })
}

function caller(backend: Pick<TestConvexForDataModel<StoreModel>, "query" | "action">) {
  return {
    query: (name: string, args: Record<string, unknown> = {}) =>
      backend.query(makeFunctionReference<"query">(`stackdock:${name}`), args),
    action: (name: string, args: Record<string, unknown> = {}) =>
      backend.action(makeFunctionReference<"action">(`stackdock:${name}`), args),
  }
}

/** Components bring their registration as TypeScript source, which is not written as strictly as ours. */
async function register(test: unknown, module: string, name: string): Promise<void> {
  const component: { register(test: unknown, name: string): void } = await import(/* @vite-ignore */ module)
  component.register(test, name)
}

interface Given {
  name: string
  args: unknown
}

type Handler = (ctx: unknown, args: unknown) => Promise<unknown>

/** The function inside a registered one, as Convex itself finds it. */
function handlerOf(registered: object): Handler {
  return (registered as { _handler: Handler })._handler
}

function watched<Functions extends object>(functions: Functions, given: Given[]): Functions {
  const entries = Object.entries(functions).map(([name, registered]) => {
    const handle = handlerOf(registered)
    const _handler: Handler = (ctx, args) => {
      given.push({ name, args })
      return handle(ctx, args)
    }
    return [name, Object.assign(() => {}, registered, { _handler })]
  })
  return Object.fromEntries(entries) as Functions
}

/** From the fatal mutation on, nothing that the action does arrives. */
function killed<Ctx extends Pick<GenericActionCtx<StoreModel>, "runQuery" | "runMutation">>(
  ctx: Ctx,
  when: (mutation: string) => boolean,
) {
  let isDead = false
  const unlessDead =
    (call: (reference: FunctionReference<"query" | "mutation">, args: never) => Promise<unknown>) =>
    async (reference: FunctionReference<"query" | "mutation">, args: never) => {
      isDead ||= when(getFunctionName(reference).split(":")[1] ?? "")
      if (isDead) throw new Error("The action was killed.")
      return await call(reference, args)
    }
  return {
    ...ctx,
    runQuery: unlessDead(ctx.runQuery as never),
    runMutation: unlessDead(ctx.runMutation as never),
  }
}
