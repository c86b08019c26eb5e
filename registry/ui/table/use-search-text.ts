import { useEffect, useEffectEvent, useRef, useState } from "react"
import { useNavigation } from "../data/navigation.tsx"

/** Between two questions while somebody types. The first is asked at once. */
const askEvery = 60
/** Browsers take only so many changes of an address. */
const writeAfter = 300

/** What is typed at once, what is asked for a moment later, and what the address says when the typing rests. */
export function useSearchText(): { text: string; setText(text: string): void; asked: string } {
  const { search, setSearch } = useNavigation()
  const inAddress = search["q"] ?? ""
  const written = useRef(inAddress)
  const [text, setText] = useState(inAddress)

  // The Back button or a saved view changed it, and not the keyboard.
  useEffect(() => {
    if (inAddress === written.current) return
    written.current = inAddress
    setText(inAddress)
  }, [inAddress])

  const write = useEffectEvent(() => {
    written.current = text
    setSearch({ q: text.trim() || undefined }, { replace: true })
  })
  useEffect(() => {
    if (text === written.current) return
    const timer = setTimeout(write, writeAfter)
    return () => clearTimeout(timer)
  }, [text])

  return { text, setText, asked: useAtMostEvery(askEvery, text.trim()) }
}

function useAtMostEvery(ms: number, value: string): string {
  const [passed, setPassed] = useState(value)
  const lastAt = useRef(0)
  useEffect(() => {
    const pass = () => {
      lastAt.current = performance.now()
      setPassed(value)
    }
    const wait = lastAt.current + ms - performance.now()
    if (wait <= 0) return pass()
    const timer = setTimeout(pass, wait)
    return () => clearTimeout(timer)
  }, [ms, value])
  return passed
}
