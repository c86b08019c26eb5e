import { UserPlusIcon, UsersIcon } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table"
import { may, useAct, useData, useRead } from "../../data/hooks.tsx"
import type { Member, Session } from "../../data/port.ts"
import { useConfirm } from "../../feedback/confirm.tsx"
import { told } from "../../feedback/toast.ts"
import { memberName } from "../../format/audit-words.ts"
import { Time } from "../../format/time.tsx"
import { Section } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { NoPermission } from "../../states/error.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { AddMember } from "./add-member.tsx"
import { InviteMember } from "./invite-member.tsx"
import { RoleSelect } from "./role-select.tsx"

/** Who belongs to the organisation, and as what. */
export function Members({ session }: { session: Session }) {
  const maySee = may(session, "settings", "read")
  const mayChange = may(session, "settings", "full")
  const { invite } = useData()
  const members = useRead("members", {}, { enabled: maySee })
  const [isAdding, setAdding] = useState(false)
  return (
    <Section
      title="Members"
      isFlush
      actions={
        mayChange && (
          <Button variant="outline" size="sm" onClick={() => setAdding(true)}>
            <UserPlusIcon aria-hidden />
            {invite ? "Invite somebody" : "Add a member"}
          </Button>
        )
      }
    >
      {maySee ? (
        <Loaded query={members} what="the members" skeleton={<TableSkeleton rows={3} columns={3} />}>
          {(all) =>
            all.length > 0 ? (
              <MembersTable members={all} session={session} mayChange={mayChange} />
            ) : (
              <EmptyState
                icon={UsersIcon}
                title="No members"
                description="Only whoever runs the process works here so far."
              />
            )
          }
        </Loaded>
      ) : (
        <NoPermission what="the members" />
      )}
      {mayChange &&
        (invite ? (
          <InviteMember session={session} invite={invite} isOpen={isAdding} onOpenChange={setAdding} />
        ) : (
          <AddMember session={session} isOpen={isAdding} onOpenChange={setAdding} />
        ))}
    </Section>
  )
}

function MembersTable({
  members,
  session,
  mayChange,
}: {
  members: readonly Member[]
  session: Session
  mayChange: boolean
}) {
  return (
    <Table>
      <TableCaption className="sr-only">Members and their roles</TableCaption>
      <TableHeader>
        <TableRow>
          <TableHead>Member</TableHead>
          <TableHead>Role</TableHead>
          <TableHead className="max-sm:hidden">Since</TableHead>
          {mayChange && (
            <TableHead>
              <span className="sr-only">Remove</span>
            </TableHead>
          )}
        </TableRow>
      </TableHeader>
      <TableBody>
        {members.map((member) => (
          <Line key={member.id} member={member} session={session} mayChange={mayChange} />
        ))}
      </TableBody>
    </Table>
  )
}

function Line({ member, session, mayChange }: { member: Member; session: Session; mayChange: boolean }) {
  const setMember = useAct("setMember")
  const removeMember = useAct("removeMember")
  const confirm = useConfirm()
  const name = memberName(member)
  const isSelf = member.userId === session.userId

  function change(role: string) {
    setMember.mutate(
      { userId: member.userId, role },
      {
        onSuccess: () => told.done(`${name} has another role now`),
        onError: (error) => told.failed(error, `Could not change the role of ${name}`),
      },
    )
  }

  async function remove() {
    const isSure = await confirm({
      title: isSelf ? "Leave the organisation?" : `Remove ${name}?`,
      description: isSelf
        ? "You can see nothing of it any longer, until somebody adds you again."
        : "They can see and do nothing here any longer, from this moment on. What they did stays in the activity.",
      confirmLabel: isSelf ? "Leave" : "Remove",
      isDestructive: true,
    })
    if (isSure === false) return
    removeMember.mutate(
      { userId: member.userId },
      {
        onSuccess: () => told.done(`${name} was removed`),
        onError: (error) => told.failed(error, `Could not remove ${name}`),
      },
    )
  }

  return (
    <TableRow>
      <TableCell className="whitespace-normal">
        <div className="font-medium">
          {name}
          {isSelf && <span className="font-normal text-muted-foreground"> (you)</span>}
        </div>
        {member.email && member.email !== name && (
          <div className="break-all text-muted-foreground text-xs">{member.email}</div>
        )}
      </TableCell>
      <TableCell>
        <RoleSelect
          label={`Role of ${name}`}
          session={session}
          // What was chosen is shown at once; if it fails, the old one is there again.
          role={setMember.isPending ? setMember.variables.role : member.role}
          isDisabled={!mayChange || setMember.isPending}
          onChoose={change}
        />
      </TableCell>
      <TableCell className="text-muted-foreground max-sm:hidden">
        <Time at={member.createdAt} />
      </TableCell>
      {mayChange && (
        <TableCell className="text-right">
          <Button
            variant="ghost"
            size="sm"
            className="text-destructive"
            disabled={removeMember.isPending}
            onClick={() => void remove()}
          >
            {isSelf ? "Leave" : "Remove"}
            <span className="sr-only"> {name}</span>
          </Button>
        </TableCell>
      )}
    </TableRow>
  )
}
