// Every route that a person can open, for the checks that hold everywhere.

/** Places of the header's screens, of both domains, and of what stands below them. */
export const ROUTES = [
  "/",
  "/lab/automata",
  "/lab/clusters",
  "/lab/strings",
  "/learn",
  "/learn/1/1",
  "/learn/3/1",
  "/learn/4/1",
  "/learn/5/1",
  "/compare",
  "/try",
  "/try/automata",
  "/try/clusters",
  "/try/strings",
  "/runs",
  "/help",
  "/help/automata",
  "/help/clusters",
  "/help/strings",
  "/help/privacy",
  "/help/device",
  "/embed/pictures",
  "/nope",
] as const;
