// Under a page that stands in a page of documentation: what becomes of its world, and a way to a window of its own.
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import { words } from '../../words';
import { pageAddress, useShared } from './link';

const { embedded: text } = words;

export function Embedded() {
  const { value: shared } = useShared();
  return (
    <Box margin={{ top: 'l' }} fontSize="body-s" color="text-body-secondary">
      {text.text}{' '}
      <Link external fontSize="body-s" externalIconAriaLabel={text.external} href={shared?.link ?? pageAddress()}>
        {text.open}
      </Link>
    </Box>
  );
}
