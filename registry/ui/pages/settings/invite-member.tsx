import { type FormEvent, useId, useState } from "react"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Field, FieldDescription, FieldError, FieldGroup, FieldLabel } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Spinner } from "@/components/ui/spinner"
import type { DataPort, Session } from "../../data/port.ts"
import { CopyButton } from "../../feedback/copy-button.tsx"
import { givable } from "./givable.ts"
import { RoleSelect } from "./role-select.tsx"

type Invite = NonNullable<DataPort["invite"]>

/** Makes a link by which somebody becomes a member. Sending it is left to whoever invites. */
export function InviteMember({
  session,
  invite,
  isOpen,
  onOpenChange,
}: {
  session: Session
  invite: Invite
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Invite somebody</DialogTitle>
          <DialogDescription>
            You get a link to send them. It is for this e-mail address alone, and works for a week.
          </DialogDescription>
        </DialogHeader>
        <Invitation session={session} invite={invite} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function Invitation({ session, invite, onDone }: { session: Session; invite: Invite; onDone: () => void }) {
  const [made, setMade] = useState<{ email: string; link: string }>()
  return made ? (
    <MadeLink {...made} onDone={onDone} />
  ) : (
    <InvitationForm session={session} invite={invite} onMade={setMade} onCancel={onDone} />
  )
}

function InvitationForm({
  session,
  invite,
  onMade,
  onCancel,
}: {
  session: Session
  invite: Invite
  onMade: (made: { email: string; link: string }) => void
  onCancel: () => void
}) {
  const id = useId()
  // The one that permits least is the last: nobody is given much by leaving it as it is.
  const [role, setRole] = useState(givable(session).at(-1) ?? "")
  const [email, setEmail] = useState("")
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setSending(true)
    setProblem(undefined)
    try {
      onMade({ email, ...(await invite({ email, role })) })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setSending(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <FieldGroup>
        <Field data-invalid={problem !== undefined}>
          <FieldLabel htmlFor={`${id}-email`}>E-mail address</FieldLabel>
          <Input
            id={`${id}-email`}
            type="email"
            required
            autoComplete="off"
            value={email}
            aria-invalid={problem !== undefined}
            onChange={(event) => setEmail(event.target.value.trim())}
          />
          {problem && <FieldError>{problem}</FieldError>}
        </Field>
        <Field>
          <FieldLabel htmlFor={`${id}-role`}>Role</FieldLabel>
          <RoleSelect id={`${id}-role`} session={session} role={role} onChoose={setRole} />
        </Field>
        <DialogFooter>
          <Button type="button" variant="outline" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={isSending || email === ""}>
            {isSending && <Spinner aria-hidden />}
            Make the link
          </Button>
        </DialogFooter>
      </FieldGroup>
    </form>
  )
}

function MadeLink({ email, link, onDone }: { email: string; link: string; onDone: () => void }) {
  const id = useId()
  return (
    <FieldGroup>
      <Field>
        <FieldLabel htmlFor={id}>Link for {email}</FieldLabel>
        <div className="flex items-center gap-1">
          <Input
            id={id}
            readOnly
            autoFocus
            value={link}
            className="font-mono text-xs"
            onFocus={(event) => event.target.select()}
          />
          <CopyButton value={link} label="Copy the link" />
        </div>
        <FieldDescription>It is not shown again. Another invitation takes its place.</FieldDescription>
      </Field>
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </FieldGroup>
  )
}
