import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from "react"
import type { Area, Level } from "../../engine/permissions.ts"
import type { ActName, Acts, DataError, DataPort, Progress, ReadName, Reads, Session } from "./port.ts"

type Question<Name extends ReadName> = Parameters<Reads[Name]>[0]
type Answer<Name extends ReadName> = Awaited<ReturnType<Reads[Name]>>
type Order<Name extends ActName> = Parameters<Acts[Name]>[0]
type Outcome<Name extends ActName> = Awaited<ReturnType<Acts[Name]>>

const Port = createContext<DataPort | undefined>(undefined)

/** Gives everything below it one side of the port. */
export function DataProvider({ port, children }: { port: DataPort; children: ReactNode }) {
  const [client] = useState(newQueryClient)
  return (
    <Port value={port}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </Port>
  )
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // `watch` tells when an answer is out of date; the clock does not.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && codeOf(error) === "offline",
      },
      mutations: { retry: false },
    },
  })
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined
}

export function useData(): DataPort {
  const port = useContext(Port)
  if (!port) throw new Error("This needs a <DataProvider> around it.")
  return port
}

/** What an answer is kept under: for `queryClient.setQueryData`, where a change is shown before it is made. */
export function readKey<Name extends ReadName>(name: Name, request?: Question<Name>): unknown[] {
  return request === undefined ? [name] : [name, request]
}

/**
 * The answer to a question, kept up to date while it is shown. While a changed question is asked, the answer to the one
 * before stays.
 */
export function useRead<Name extends ReadName>(
  name: Name,
  request: Question<Name>,
  { enabled = true }: { enabled?: boolean } = {},
): UseQueryResult<Answer<Name>, DataError> {
  useWatch(name, request, enabled)
  return useQuery<Answer<Name>, DataError>({
    ...readOptions(useData(), name, request),
    enabled,
    // Hundreds of components may show one answer: what was refused is not asked for again by each that comes.
    retryOnMount: false,
  })
}

/** For hooks of TanStack Query that ask several questions at once. */
export function readOptions<Name extends ReadName>(port: DataPort, name: Name, request: Question<Name>) {
  return {
    queryKey: readKey(name, request),
    // TypeScript does not see that a method and its own parameters fit while its name is open.
    queryFn: () => (port.read[name] as (request: Question<Name>) => Promise<Answer<Name>>)(request),
    placeholderData: keepPreviousData as never,
  }
}

/** Asks again whenever the answer may have changed: also other requests of the same name. */
export function useWatch<Name extends ReadName>(name: Name, request: Question<Name>, enabled = true): void {
  const port = useData()
  const client = useQueryClient()
  // A request is a new object with every render; what it says is not.
  const said = JSON.stringify(request)
  const watch = useEffectEvent(() => port.watch(name, request, () => askAgain(client, name)))
  useEffect(() => {
    if (!enabled || !port) return undefined
    const key = readKey(name, JSON.parse(said))
    const leave = enter(client, key)
    const stop = watch()
    return () => {
      stop()
      leave()
    }
  }, [enabled, name, said, port, client])
}

/** How many watch each question. */
const watchers = new WeakMap<QueryClient, Map<string, number>>()

/** While nobody watched a question, nobody was told of a change: what is kept, also a failure, is asked for again. */
function enter(client: QueryClient, key: unknown[]): () => void {
  const counts = watchers.get(client) ?? new Map<string, number>()
  watchers.set(client, counts)
  const name = JSON.stringify(key)
  const before = counts.get(name) ?? 0
  const kept = client.getQueryState(key)
  if (before === 0 && kept?.data !== undefined) void client.invalidateQueries({ queryKey: key, exact: true })
  else if (before === 0 && kept?.status === "error") void client.resetQueries({ queryKey: key, exact: true })
  counts.set(name, before + 1)
  return () => counts.set(name, (counts.get(name) ?? 1) - 1)
}

const toBeAsked = new WeakMap<QueryClient, Set<ReadName>>()

/** Many components may show the same answer, and each is told that it changed: it is asked again once. */
function askAgain(client: QueryClient, name: ReadName): void {
  const names = toBeAsked.get(client) ?? new Set()
  toBeAsked.set(client, names)
  if (names.has(name)) return
  names.add(name)
  queueMicrotask(() => {
    names.delete(name)
    void client.invalidateQueries({ queryKey: readKey(name) })
  })
}

/** Something to do, with how it went. `mutate` starts it, `mutateAsync` waits for it. */
export function useAct<Name extends ActName>(
  name: Name,
): UseMutationResult<Outcome<Name>, DataError, Order<Name>> {
  const port = useData()
  return useMutation<Outcome<Name>, DataError, Order<Name>>({
    mutationFn: (order) => (port.act[name] as (order: Order<Name>) => Promise<Outcome<Name>>)(order),
  })
}

/** Calls `listener` with each progress of work under way, while the component is shown. */
export function useProgress(listener: (progress: Progress) => void): void {
  const port = useData()
  const latest = useEffectEvent(listener)
  useEffect(() => port.follow((progress) => latest(progress)), [port])
}

/** Whether the user may: undefined as long as it is not known. */
export function useMay(area: Area, level: Exclude<Level, "none"> = "read"): boolean | undefined {
  const { data } = useRead("session", {})
  return data && may(data, area, level)
}

export function may({ grants }: Pick<Session, "grants">, area: Area, level: Exclude<Level, "none">): boolean {
  return grants[area] === "full" || (level === "read" && grants[area] === "read")
}
