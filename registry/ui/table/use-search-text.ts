import { type RefObject, useEffect, useRef, useState } from "react"
import { useNavigation } from "../data/navigation.tsx"

/** Between two questions while somebody types. The first is asked at once. */
const askEvery = 60
/** Browsers take only so many changes of an address. */
const writeAfter = 300

type Timer = ReturnType<typeof setTimeout> | undefined

function cancel(...timers: RefObject<Timer>[]) {
  for (const { current } of timers) clearTimeout(current)
}

interface SearchText {
  text: string
  setText(text: string): void
  /** What the rows are asked for with. */
  asked: string
}

/** What is typed at once, what is asked for a moment later, and what the address says when the typing rests. */
export function useSearchText(): SearchText {
  const { search, setSearch } = useNavigation()
  const inAddress = search["q"] ?? ""
  const [text, setText] = useState(inAddress)
  const [asked, setAsked] = useState(inAddress)
  const written = useRef(inAddress)
  const askedAt = useRef(0)
  const asking = useRef<Timer>(undefined)
  const writing = useRef<Timer>(undefined)

  useEffect(() => () => cancel(asking, writing), [])

  // The Back button or a saved view changed it, and not the keyboard.
  useEffect(() => {
    if (inAddress === written.current) return
    written.current = inAddress
    setText(inAddress)
    setAsked(inAddress)
  }, [inAddress])

  const type = (typed: string) => {
    const words = typed.trim()
    const ask = () => {
      askedAt.current = performance.now()
      setAsked(words)
    }
    const write = () => {
      written.current = words
      setSearch({ q: words || undefined }, { replace: true })
    }
    cancel(asking, writing)
    setText(typed)
    const wait = askedAt.current + askEvery - performance.now()
    if (wait > 0) asking.current = setTimeout(ask, wait)
    else ask()
    if (words !== written.current) writing.current = setTimeout(write, writeAfter)
  }
  return { text, setText: type, asked }
}
