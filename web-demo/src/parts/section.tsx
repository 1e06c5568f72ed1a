// A part of a page: a box with a heading, which assistive technology can jump to by name.
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  /** Opens the help panel on this part. */
  info?: ReactNode;
  description?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, info, description, actions, children }: Props) {
  const id = useId();
  const heading = (
    <Header variant="h2" info={info} description={description} actions={actions}>
      <span id={id}>{title}</span>
    </Header>
  );
  return (
    <section className="section" aria-labelledby={id}>
      <Container fitHeight header={heading}>
        {children}
      </Container>
    </section>
  );
}
