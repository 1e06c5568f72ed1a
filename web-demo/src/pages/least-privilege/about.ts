// What the tabs are about.

export interface About {
  principal: string;
  /** Grows when there may be more records. */
  looked: number;
}
