/** What `console.log` shows in Node of something that belongs to a world. */

/** The label and what is told; of a world that cannot tell, why not: to look at something throws nothing. */
export function shown(label, told, options, inspect) {
  try {
    return `${label} ${inspect(told(), options)}`.trim();
  } catch (error) {
    return `${label} (${error.message})`.trim();
  }
}
