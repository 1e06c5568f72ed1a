// Under a page that stands in a page of documentation: what becomes of its world, and a way to a window of its own.
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import { words } from '../../words';

const { embedded: text } = words;

export function Embedded() {
  const { origin, pathname } = window.location;
  return (
    <Box margin={{ top: 'l' }} fontSize="body-s" color="text-body-secondary">
      {text.text}{' '}
      <Link external fontSize="body-s" externalIconAriaLabel={text.external} href={`${origin}${pathname}`}>
        {text.open}
      </Link>
    </Box>
  );
}
