// Turns the pages of a list that KMS gives page by page.
import Pagination from '@cloudscape-design/components/pagination';
import type { Paged } from '../world/pages';

export function Paging({ pages }: { pages: Paged<unknown> }) {
  return (
    <Pagination
      currentPageIndex={pages.page}
      pagesCount={pages.known}
      openEnd={pages.more}
      onChange={({ detail }) => pages.turn(detail.currentPageIndex)}
    />
  );
}
