// Where this page stands: in a window of its own, in a frame of ours, or in the page of somebody else.

/** Shown without bar and navigation, as a part of a page of documentation. */
export const isEmbedded = new URLSearchParams(window.location.search).has('embed');

/**
 * Whether the world lives in the memory of this page alone. Who has put the playground into a page of another origin
 * cannot read it, but could lay something over it, so that a reader clicks without knowing on what: such clicks must
 * not reach the reader's own world. A page of documentation has a world of its own wherever it comes from.
 */
export const isFleeting = isEmbedded || isAmongStrangers();

/** One of the two places side by side, each with a place of its own. */
export const side = isAmongStrangers() ? null : new URLSearchParams(window.location.search).get('side');

/** Whether any page around this one is of another origin. */
function isAmongStrangers(): boolean {
  try {
    for (let inner: Window = window; inner !== inner.parent; inner = inner.parent) {
      // Of a stranger's address not even this much can be read.
      if (inner.parent.location.origin !== window.location.origin) return true;
    }
    return false;
  } catch {
    return true;
  }
}
