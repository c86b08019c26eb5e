import { KeyRoundIcon, RotateCwIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table"
import type { KeyStatus } from "../../../engine/keys.ts"
import { ToneBadge } from "../../badges/tone-badge.tsx"
import type { Tone } from "../../badges/tones.ts"
import { useAct, useRead } from "../../data/hooks.tsx"
import { useConfirm } from "../../feedback/confirm.tsx"
import { told } from "../../feedback/toast.ts"
import { formatCount } from "../../format/numbers.ts"
import { Section } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { rotationWords } from "./rotation-words.ts"

/** Which keys protect the stored credentials. The keys themselves are never shown. */
export function Keys() {
  const keys = useRead("keys", {})
  const rotate = useAct("rotateKeys")
  const confirm = useConfirm()

  async function ask() {
    const isSure = await confirm({
      title: "Rotate the keys?",
      description:
        "A new key is made, every stored credential is encrypted anew under it, and keys that nothing needs any more are dropped. It can be interrupted and goes on where it was. No dock has to be connected again.",
      confirmLabel: "Rotate",
    })
    if (isSure === false) return
    rotate.mutate(
      {},
      {
        onSuccess: (rotation) => {
          const { title, description, isWhole } = rotationWords(rotation)
          if (isWhole) told.done(title, description)
          else told.failed(new Error(description), title)
        },
        onError: (error) => told.failed(error, "Could not rotate the keys"),
      },
    )
  }

  return (
    <Section
      title="Keys"
      isFlush
      description="They encrypt the stored credentials."
      actions={
        keys.data && (
          <Button variant="outline" size="sm" disabled={rotate.isPending} onClick={() => void ask()}>
            {rotate.isPending ? <Spinner aria-hidden /> : <RotateCwIcon aria-hidden />}
            {rotate.isPending ? "Rotating" : "Rotate"}
          </Button>
        )
      }
    >
      <Loaded query={keys} what="the keys" skeleton={<TableSkeleton rows={2} columns={3} />}>
        {(status) =>
          status.keys.length > 0 ? (
            <KeysTable status={status} />
          ) : (
            <EmptyState
              icon={KeyRoundIcon}
              title="No key yet"
              description="It is made when the first credential is stored."
            />
          )
        }
      </Loaded>
    </Section>
  )
}

const states: Record<KeyStatus["keys"][number]["state"], readonly [Tone, string]> = {
  primary: ["good", "Encrypts what is stored now"],
  older: ["idle", "Only opens what it once encrypted"],
  missing: ["bad", "Missing: its credentials cannot be opened"],
}

function KeysTable({ status: { keys, unreadable } }: { status: KeyStatus }) {
  return (
    <>
      <Table>
        <TableCaption className="sr-only">Keys and how many credentials each protects</TableCaption>
        <TableHeader>
          <TableRow>
            <TableHead>Key</TableHead>
            <TableHead>State</TableHead>
            <TableHead className="text-right">Credentials</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {keys.map(({ id, state, credentials }) => {
            const [tone, word] = states[state]
            return (
              <TableRow key={id}>
                <TableCell>
                  <code className="font-mono text-xs">{id}</code>
                </TableCell>
                <TableCell className="whitespace-normal">
                  <ToneBadge tone={tone} word={word} className="whitespace-normal" />
                </TableCell>
                <TableCell className="text-right tabular-nums">{formatCount(credentials)}</TableCell>
              </TableRow>
            )
          })}
        </TableBody>
      </Table>
      {unreadable > 0 && (
        <p className="text-bad text-sm">
          {formatCount(unreadable)} stored {unreadable === 1 ? "credential is" : "credentials are"} not
          readable at all. Connect those docks again.
        </p>
      )}
    </>
  )
}
