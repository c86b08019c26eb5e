import { type UseQueryResult, useQueries, useQueryClient } from "@tanstack/react-query"
import { useEffect, useEffectEvent, useRef, useState } from "react"
import type { ListedResource, PageRequest, ResourcePage } from "../../engine/reading.ts"
import { readKey, readOptions, useData, useWatch } from "../data/hooks.tsx"
import type { DataError } from "../data/port.ts"
import { newestTotal, windowSize, windowsAround } from "./windows.ts"

/** What is asked for, without the stretch of it. */
export type RowsRequest = Omit<PageRequest, "offset" | "limit">

/** The rows of a table, of which those around the view are here. */
export interface Rows {
  /** Undefined before the first answer. */
  total: number | undefined
  rows: ListedResource[]
  /** Where in the table each of `rows` is. */
  places: number[]
  /** They answer an older question; the newest has no answer yet. */
  isOld: boolean
  error: DataError | null
  retry(): void
}

/** How long a jump to another part of the table rests before its rows are asked for: a scrollbar is dragged past most. */
const restAfter = 50

/** The rows around what is in view, a window at a time. `see` is told what is in view, as often as it changes. */
export function useRows(request: RowsRequest): Rows & { see(first: number, last: number): void } {
  const port = useData()
  const client = useQueryClient()
  useWatch("resources", request)

  const said = JSON.stringify(request)
  const [kept, setKept] = useState(nothing)
  const [view, setView] = useState({ said, first: 0, last: 0 })
  // Another question begins at its first row.
  const inView = view.said === said ? view : { first: 0, last: 0 }
  const total = (kept.said === said && kept.total) || 1
  const starts = windowsAround(inView, total)
  const optionsAt = (offset: number) => ({
    ...readOptions(port, "resources", { ...request, offset, limit: windowSize }),
    // The answer for another window would show its rows twice.
    placeholderData: undefined,
  })

  const { answers, error } = useQueries({ queries: starts.map(optionsAt), combine: together })
  const at = starts.join()
  const isNew = kept.said !== said || kept.at !== at || kept.answers !== answers
  // Where no answer has come yet, those before it stay.
  if (isNew && answers.some((answer) => answer !== undefined)) setKept(foundIn(said, at, starts, answers))

  const isHere = (offset: number) => client.getQueryData(optionsAt(offset).queryKey) !== undefined
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(resting.current), [])
  const see = (first: number, last: number) => {
    clearTimeout(resting.current)
    const next = windowsAround({ first, last }, total)
    if (next.join() === at) return
    const move = () => setView({ said, first, last })
    if (next.every(isHere) || next.some((offset) => starts.includes(offset))) move()
    else resting.current = setTimeout(move, restAfter)
  }

  const prefetch = useEffectEvent(() => {
    for (const offset of windowsAround(inView, total, 1)) void client.prefetchQuery(optionsAt(offset))
  })
  const isAnswered = kept.said === said && kept.at === at
  useEffect(() => {
    if (isAnswered && at) prefetch()
  }, [isAnswered, at])

  const retry = () => void client.invalidateQueries({ queryKey: readKey("resources") })
  return { ...kept, isOld: kept.said !== said, error, retry, see }
}

interface Answer {
  page: ResourcePage
  at: number
}

interface Found extends Pick<Rows, "total" | "rows" | "places"> {
  said: string
  at: string
  answers: (Answer | undefined)[]
}
const nothing: Found = { said: "", at: "", answers: [], total: undefined, rows: [], places: [] }

function together(results: UseQueryResult<ResourcePage>[]) {
  return {
    answers: results.map(({ data, dataUpdatedAt }) => data && { page: data, at: dataUpdatedAt }),
    // The port fails in no other way, which a query cannot say.
    error: (results.find(({ error }) => error)?.error ?? null) as DataError | null,
  }
}

function foundIn(said: string, at: string, starts: number[], answers: Found["answers"]): Found {
  const rows: ListedResource[] = []
  const places: number[] = []
  for (const [index, answer] of answers.entries()) {
    for (const [place, row] of (answer?.page.rows ?? []).entries()) {
      rows.push(row)
      places.push((starts[index] ?? 0) + place)
    }
  }
  const known = answers.filter((answer) => answer !== undefined)
  const total = newestTotal(known.map(({ page, at }) => ({ total: page.total, at })))
  return { said, at, answers, total, rows, places }
}
