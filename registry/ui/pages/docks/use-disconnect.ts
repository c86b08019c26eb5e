import type { DockStatus } from "../../../engine/reading.ts"
import { useAct } from "../../data/hooks.tsx"
import { useConfirm } from "../../feedback/confirm.tsx"
import { told } from "../../feedback/toast.ts"
import { formatCount } from "../../format/numbers.ts"

const KEEP = "keep"
const REMOVE = "remove"

/** Forgets a credential, and asks what becomes of the rows. */
export function useDisconnect(): (dock: DockStatus) => Promise<void> {
  const confirm = useConfirm()
  const { mutateAsync: disconnect } = useAct("disconnect")

  async function ask(dock: DockStatus): Promise<typeof KEEP | typeof REMOVE | undefined> {
    if (dock.status === "disconnected") {
      const isSure = await confirm({
        title: `Remove ${dock.name} with its rows?`,
        description: `${rowWords(dock.rows)} and their history go. Nothing changes at ${dock.title}.`,
        confirmLabel: "Remove",
        isDestructive: true,
      })
      return isSure ? REMOVE : undefined
    }
    const answer = await confirm({
      title: `Disconnect ${dock.name}?`,
      description: `Its credential is forgotten, and it is synced no longer. Nothing changes at ${dock.title}.`,
      confirmLabel: "Disconnect",
      isDestructive: true,
      choice: {
        label: "What becomes of the rows",
        options: [
          {
            value: KEEP,
            label: "Keep the rows",
            description:
              "They stay as they are, and go on when the same account is connected again by this name.",
          },
          {
            value: REMOVE,
            label: `Remove its ${rowWords(dock.rows)}, too`,
            description: "With their history. Only connecting and syncing again brings the rows back.",
          },
        ],
      },
    })
    return answer === KEEP || answer === REMOVE ? answer : undefined
  }

  return async (dock) => {
    const fate = await ask(dock)
    if (!fate) return
    try {
      await disconnect({ dock: dock.id, removeRows: fate === REMOVE })
      told.done(fate === REMOVE ? `${dock.name} is gone, with its rows` : `${dock.name} is disconnected`)
    } catch (error) {
      told.failed(error, `Could not disconnect ${dock.name}`)
    }
  }
}

function rowWords(count: number): string {
  return count === 1 ? "1 row" : `${formatCount(count)} rows`
}
