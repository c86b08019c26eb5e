import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from "react"

// Nobody is asked on the first page.
const ConfirmDialog = lazy(() => import("./confirm-dialog.tsx"))

/** What is asked before something is done that is hard to undo. */
export interface Confirmation {
  title: string
  description?: ReactNode
  /** On the button: `Remove`. */
  confirmLabel: string
  isDestructive?: boolean
  /** Has to be typed first: the name of what would be gone. */
  typed?: string
  /** Asked along with it. */
  choice?: Choice
}

export interface Choice {
  label: string
  options: readonly { value: string; label: string; description?: string }[]
  /** The first when left out. */
  initial?: string
}

/** False when it was not confirmed; otherwise true, or the value that was chosen. */
export type Answer = false | true | string
type Confirm = (question: Confirmation) => Promise<Answer>

const ConfirmContext = createContext<Confirm | undefined>(undefined)

interface Asked {
  /** A new one for each question, so that nothing typed for one is there in the next. */
  id: number
  question: Confirmation
  answer: (answer: Answer) => void
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>()
  const [isOpen, setOpen] = useState(false)

  const [confirm] = useState((): Confirm => {
    let count = 0
    let pending: ((answer: Answer) => void) | undefined
    return (question) =>
      new Promise((resolve) => {
        // One question at a time: another one answers the first with no.
        pending?.(false)
        pending = resolve
        count += 1
        setAsked({ id: count, question, answer: resolve })
        setOpen(true)
      })
  })

  return (
    <ConfirmContext value={confirm}>
      {children}
      <Suspense>
        {asked && (
          <ConfirmDialog
            key={asked.id}
            question={asked.question}
            isOpen={isOpen}
            onAnswer={(answer) => {
              asked.answer(answer)
              setOpen(false)
            }}
          />
        )}
      </Suspense>
    </ConfirmContext>
  )
}

/** Asks, and answers once somebody has. */
export function useConfirm(): Confirm {
  const confirm = useContext(ConfirmContext)
  if (!confirm) throw new Error("This needs a <ConfirmProvider> around it.")
  return confirm
}
