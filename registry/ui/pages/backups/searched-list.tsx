import { SearchIcon } from "lucide-react"
import { type ReactNode, useState } from "react"
import { Input } from "@/components/ui/input"
import { formatCount } from "../../format/numbers.ts"

interface SearchedListProps<Line> {
  /** In the order in which the first of them matter most. */
  lines: readonly Line[]
  /** What is searched. */
  textOf(line: Line): readonly (string | null | undefined)[]
  label: string
  children(found: Line[]): ReactNode
}

/** More than this in one table is slow to draw, and nobody reads it. */
const MOST = 300

/** Narrows a list by words, once there is enough of it. */
export function SearchedList<Line>({ lines, textOf, label, children }: SearchedListProps<Line>) {
  const [words, setWords] = useState("")
  const wanted = words.toLowerCase().split(/\s+/)
  const found = lines.filter((line) => {
    const text = textOf(line).join(" ").toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
  const isPart = found.length > MOST
  return (
    <div className="flex flex-col gap-3">
      {lines.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="relative w-full max-w-xs">
            <SearchIcon
              aria-hidden
              className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground"
            />
            <Input
              type="search"
              aria-label={label}
              placeholder={label}
              className="h-8 pl-8"
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
          </div>
          <p role="status" className="text-muted-foreground text-sm">
            {countWords(found.length, lines.length, isPart)}
          </p>
        </div>
      )}
      {lines.length > 0 && found.length === 0 ? (
        <p className="py-6 text-center text-muted-foreground text-sm">Nothing matches “{words}”.</p>
      ) : (
        children(isPart ? found.slice(0, MOST) : found)
      )}
    </div>
  )
}

function countWords(found: number, all: number, isPart: boolean): string {
  if (isPart) return `The first ${formatCount(MOST)} of ${formatCount(found)}: search for the others.`
  return found === all ? "" : `${formatCount(found)} of ${formatCount(all)}`
}
