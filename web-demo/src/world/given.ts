// What every world of a browser is given.

/** The event history outlives the page, too. It is stored with every change: the usual number would take its time. */
export const GIVEN = { audit: { kept: 2000, inSnapshots: true } };
