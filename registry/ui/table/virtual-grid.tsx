import type { Header } from "@tanstack/react-table"
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useId, useRef, useState } from "react"
import { cn } from "@/lib/utils"
import type { ListedResource } from "../../engine/reading.ts"
import { gridTemplate, lookOf, type TableParts } from "./columns.ts"
import { GridHeader } from "./grid-header.tsx"
import { GridPart } from "./grid-part.tsx"
import { GridRow, type GridRowOf } from "./grid-row.tsx"
import { rowAfter } from "./moves.ts"
import { slotsFor } from "./slots.ts"

const rowHeight = 37
const cardHeight = 64
const headerHeight = 37
/** Browsers cannot make a page as high as millions of rows; nobody scrolls through so many. */
const mostRows = 400_000

interface VirtualGridProps {
  /** What a screen reader calls the table. */
  label: string
  /** Another question begins at its first row. */
  question: string
  headers: Header<TableParts, ListedResource, unknown>[]
  rowAt(index: number): GridRowOf | undefined
  total: number
  isNarrow: boolean
  isBusy: boolean
  onSee(first: number, last: number): void
  onOpen(row: ListedResource): void
}

/** Rows of which only those in view are on the page, all of one height. */
export function VirtualGrid(props: VirtualGridProps) {
  const { label, question, headers, rowAt, isNarrow, isBusy, onSee, onOpen } = props
  const total = Math.min(props.total, mostRows)
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const [active, setActive] = useState(-1)
  const height = isNarrow ? cardHeight : rowHeight
  const margin = isNarrow ? 0 : headerHeight

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    scrollMargin: margin,
    scrollPaddingStart: margin,
    // The active row stays on the page, so that it can be named as the active one.
    rangeExtractor: useCallback((range: Range) => withActive(range, active), [active]),
    onChange: ({ range }) => range && onSee(range.startIndex, range.endIndex),
  })

  useEffect(() => {
    if (height) virtualizer.measure()
  }, [height, virtualizer])
  useEffect(() => {
    if (!question) return
    setActive(-1)
    scroller.current?.scrollTo({ top: 0 })
  }, [question])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const row = active >= 0 ? rowAt(active) : undefined
    if (event.key === "Enter" && row) return onOpen(row.original)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1)
    const next = rowAfter(event.key, { active, total, page })
    if (next === undefined) return
    event.preventDefault()
    setActive(next)
    virtualizer.scrollToIndex(next)
  }
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element
    const index = Number(target.closest("[data-index]")?.getAttribute("data-index") ?? -1)
    const row = index >= 0 ? rowAt(index) : undefined
    if (!row || target.closest("a, button, input, label") || getSelection()?.toString()) return
    setActive(index)
    onOpen(row.original)
  }

  const items = virtualizer.getVirtualItems()
  const [drawn] = useState<{ slots: ReadonlyMap<number, number> }>({ slots: new Map() })
  drawn.slots = slotsFor(
    drawn.slots,
    items.map(({ index }) => index),
  )

  const looks = headers.map(({ column }) => lookOf(column.columnDef))
  const template = gridTemplate(looks)
  const ids = headers.map(({ id }) => id).join()
  return (
    <GridPart
      role="grid"
      ref={scroller}
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={isNarrow ? 1 : headers.length}
      aria-busy={isBusy}
      aria-activedescendant={active >= 0 && active < total ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={(event) => event.target === event.currentTarget && active < 0 && setActive(0)}
      className="group/grid relative max-h-[calc(100dvh-14rem)] min-h-48 overflow-auto overscroll-contain rounded-lg border bg-card text-sm focus-visible:outline-2 focus-visible:outline-ring"
      style={{ "--columns": template.columns } as React.CSSProperties}
    >
      <div
        className={cn(isBusy && "opacity-60")}
        style={{ minWidth: isNarrow ? undefined : template.minWidth }}
      >
        <GridHeader headers={headers} isNarrow={isNarrow} />
        <GridPart role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <GridRow
              key={drawn.slots.get(index)}
              id={`${id}-${index}`}
              index={index}
              row={rowAt(index)}
              start={start - margin}
              height={height}
              columns={ids}
              isActive={index === active}
              isNarrow={isNarrow}
            />
          ))}
        </GridPart>
      </div>
    </GridPart>
  )
}

function withActive(range: Range, active: number): number[] {
  const shown = defaultRangeExtractor(range)
  if (active < 0 || active >= range.count || shown.includes(active)) return shown
  return active < (shown[0] ?? 0) ? [active, ...shown] : [...shown, active]
}
