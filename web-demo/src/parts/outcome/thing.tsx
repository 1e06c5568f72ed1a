// The name of a thing, and the way to its page, in whatever Region it is.
import { keyIdOf, thingOf } from '../../kms/course';
import { keyAddress } from '../../routes';
import { PlaceLink } from '../../shell/place-link';
import { usePlace } from '../../world/context';

interface Props {
  arn: string;
  /** That of the page of the key. */
  tab?: string;
  /** What a screen reader says, where the text alone does not tell one link from another. */
  of?: string;
  children?: string;
}

export function KeyLink({ arn, tab, of, children = arn }: Props) {
  const { region } = usePlace();
  const id = keyIdOf(arn);
  const thing = thingOf(arn);
  if (id === undefined || !thing) return <span className="wrap">{children}</span>;
  const place = thing.region === region ? {} : { region: thing.region };
  return (
    <span className="wrap">
      <PlaceLink place={place} address={keyAddress(id, tab)} ariaLabel={of}>
        {children}
      </PlaceLink>
    </span>
  );
}
