import { CheckIcon, EyeIcon, MinusIcon } from "lucide-react"
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table"
import type { Area, Level } from "../../../engine/permissions.ts"
import type { Session } from "../../data/port.ts"
import { statusWord } from "../../format/words.ts"
import { Section } from "../../page/page.tsx"
import { areasOf, levelOf } from "./givable.ts"

/** What belongs to an area, for whoever does not know the word. */
const areaWords: Record<Area, string> = {
  projects: "Source repositories",
  resources: "Servers, services, domains, databases and what belongs to them",
  docks: "Connected accounts and their credentials",
  operations: "Syncs and actions on rows",
  settings: "Members and the activity",
  provisioning: "Making and removing things at providers",
  monitoring: "Monitors and issues",
}

const levelLooks = {
  none: { icon: MinusIcon, word: "Nothing", className: "text-muted-foreground" },
  read: { icon: EyeIcon, word: "Sees it", className: "" },
  full: { icon: CheckIcon, word: "Everything", className: "text-good" },
} as const satisfies Record<Level, unknown>

/** What each role permits. A role of the project's own is there beside the five. */
export function Roles({ session }: { session: Session }) {
  return (
    <Section
      isFlush
      title="Roles"
      description="What each of them permits. What is not named is not permitted."
    >
      <div className="max-xl:hidden">
        <RolesTable session={session} />
      </div>
      <RolesList session={session} />
    </Section>
  )
}

function RolesTable({ session }: { session: Session }) {
  const roles = Object.entries(session.roles)
  return (
    <Table>
      <TableCaption className="sr-only">What each role permits, area by area</TableCaption>
      <TableHeader>
        <TableRow>
          <TableHead>Area</TableHead>
          {roles.map(([role]) => (
            <TableHead key={role}>
              <RoleName role={role} session={session} />
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {areasOf(session).map((area) => (
          <TableRow key={area}>
            <TableCell>
              <div className="font-medium">{statusWord(area)}</div>
              <div className="min-w-48 max-w-64 whitespace-normal text-muted-foreground text-xs">
                {areaWords[area]}
              </div>
            </TableCell>
            {roles.map(([role, grants]) => (
              <TableCell key={role}>
                <LevelMark level={levelOf(grants, area)} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

/** The same where a table would be wider than the screen. */
function RolesList({ session }: { session: Session }) {
  return (
    <ul className="divide-y text-sm xl:hidden">
      {Object.entries(session.roles).map(([role, grants]) => (
        <li key={role} className="px-4 py-3">
          <h3 className="mb-1 font-medium">
            <RoleName role={role} session={session} />
          </h3>
          <dl className="grid gap-x-6 gap-y-0.5 sm:grid-cols-2">
            {areasOf(session).map((area) => (
              <div key={area} className="flex justify-between gap-3">
                <dt className="text-muted-foreground">{statusWord(area)}</dt>
                <dd>
                  <LevelMark level={levelOf(grants, area)} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

function RoleName({ role, session }: { role: string; session: Session }) {
  return (
    <>
      {statusWord(role)}
      {role === session.role && <span className="font-normal"> (you)</span>}
    </>
  )
}

function LevelMark({ level }: { level: Level }) {
  const { icon: Icon, word, className } = levelLooks[level]
  return (
    <span className={`inline-flex items-center gap-1.5 ${className}`}>
      <Icon aria-hidden className="size-3.5" />
      <span className={level === "full" ? "text-foreground" : undefined}>{word}</span>
    </span>
  )
}
