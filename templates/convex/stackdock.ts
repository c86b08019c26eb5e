import { publicFunctions } from "./stackdock/convex/public.ts"
import setup from "./stackdock/stackdock.ts"

/** What your app calls: `api.stackdock.resources`. Each asks what the caller's membership permits. */
export const {
  organizations,
  whoami,
  members,
  providers,
  docks,
  runs,
  changes,
  dashboard,
  resources,
  resource,
  resourceData,
  provisionings,
  getProvisionStatus,
  auditLog,
  connect,
  disconnect,
  rotateCredential,
  setSyncInterval,
  sync,
  provision,
  deprovision,
  resume,
  act,
  rehearse,
  setMember,
  removeMember,
} = publicFunctions(setup)
