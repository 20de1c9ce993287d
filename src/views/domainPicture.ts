// The domain's picture of the run on show, for the small pictures of programs that mean nothing without it: a program over
// a learned bank of strokes looks as the bank does now.

import { createContext } from "react";

/** The latest picture (the domain's own record type); null where there is none. */
export const DomainPictureContext = createContext<unknown>(null);
