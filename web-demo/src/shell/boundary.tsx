// Catches what goes wrong in a page: the bar and the navigation stay, and there is a way out.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ReactNode } from 'react';
import { PageTitle } from '../parts/page-title';
import { words } from '../words';
import { forgetPreferences } from './preferences';

interface Props {
  /** Another page is tried afresh. */
  address: string;
  onReset(): void;
  children: ReactNode;
}

interface State {
  address: string;
  fault: string | undefined;
}

export class Boundary extends Component<Props, State> {
  override state: State = { address: this.props.address, fault: undefined };

  static getDerivedStateFromError(thrown: unknown): Pick<State, 'fault'> {
    return { fault: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  static getDerivedStateFromProps({ address }: Props, state: State): State | null {
    return address === state.address ? null : { address, fault: undefined };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    return fault === undefined ? this.props.children : <Broken {...words.fault} reason={fault} onReset={this.props.onReset} />;
  }
}

/** A preference that no page can read would break it again. */
function startAfresh(): void {
  forgetPreferences();
  window.location.reload();
}

interface BrokenProps {
  title: string;
  text(reason: string): string;
  reason: string;
  /** Not given where the world is not harmed. */
  onReset?: () => void;
}

/** A page that cannot be shown, why, and what to do. */
export function Broken({ title, text, reason, onReset }: BrokenProps) {
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      {onReset ? <Button onClick={startAfresh}>{words.reload}</Button> : <Button onClick={() => window.location.reload()}>{words.notLoaded.reload}</Button>}
      {onReset && <Button onClick={onReset}>{words.reset.action}</Button>}
    </SpaceBetween>
  );
  return (
    <SpaceBetween size="l">
      <PageTitle>{title}</PageTitle>
      <Alert type="error" action={buttons}>
        {text(reason)}
      </Alert>
    </SpaceBetween>
  );
}
