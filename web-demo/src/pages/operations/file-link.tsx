// A file that this page has made, to be saved: however large it is, it stays where it is until then.
import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import { teaching } from '../../words-of-teaching';

export function FileLink({ name, blob }: { name: string; blob: Blob }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    // As bytes: a page or a script that is in it must not run as one of ours.
    const made = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return (
    <Button iconName="download" formAction="none" href={address ?? '#'} download={name} disabled={address === undefined} ariaLabel={teaching.files.saveOf(name)}>
      {teaching.files.save}
    </Button>
  );
}
