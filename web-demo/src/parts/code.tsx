// Text in a fixed width, whole, in a box that scrolls where it grows too tall.

export function Code({ label, text }: { label: string; text: string }) {
  return (
    <pre className="code" tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}
