/** Every page of the dashboard, by the name of its picture. `{webService}` and the like stand for ids of rows. */
export const places = [
  { name: "overview", path: "/", title: "Overview" },
  { name: "docks", path: "/docks", title: "Docks" },
  { name: "connect", path: "/docks/connect?provider=gridpane", title: "Connect GridPane" },
  { name: "servers", path: "/infrastructure/servers", title: "Servers" },
  { name: "web-services", path: "/infrastructure/webServices", title: "Web services" },
  { name: "domains", path: "/infrastructure/domains", title: "Domains" },
  { name: "dns-records", path: "/infrastructure/dnsRecords", title: "DNS records" },
  { name: "resource", path: "/resource/{domain}", title: "example.com" },
  { name: "backups", path: "/backups", title: "Backups" },
  { name: "deployments", path: "/deployments", title: "Deployments" },
  { name: "provision", path: "/provision", title: "Provision" },
  { name: "monitoring", path: "/monitoring", title: "Monitoring" },
  { name: "activity", path: "/activity", title: "Activity" },
  { name: "settings", path: "/settings", title: "Settings" },
] as const
