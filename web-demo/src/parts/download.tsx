// A button that downloads a text as a file.
import Button from '@cloudscape-design/components/button';
import { words } from '../words';

export function Download({ name, text }: { name: string; text: string }) {
  const file = name.split('/').at(-1) ?? name;
  return (
    <Button iconName="download" formAction="none" ariaLabel={words.code.downloadOf(file)} href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download={file}>
      {words.code.download}
    </Button>
  );
}
