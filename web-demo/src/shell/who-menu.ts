// The menu of the bar that says who you are, and makes you somebody else.
import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { callerName, shortName, type KnownAccount } from '../kms/identities';
import { accountOf, grouped } from '../kms/places-config';
import { DIRECTORY } from '../routes';
import { words } from '../words';
import type { Place } from '../world/protocol';

const { who } = words;

const ACT = 'act';

export function whoMenu(
  place: Place,
  accounts: readonly KnownAccount[],
  onMove: (to: Partial<Place>) => void,
  onAct: () => void,
): TopNavigationProps.MenuDropdownUtility {
  const { caller } = place;
  return {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    text: callerName(caller),
    ariaLabel: words.place.caller(callerName(caller)),
    title: who.title,
    description: description(place, accounts),
    items: [
      ...accounts.map(({ id, callers }) => ({
        id,
        text: who.account(grouped(id)),
        items: callers.map((arn) => identity(arn, caller)),
      })),
      { id: ACT, text: who.more, iconName: 'edit' as const },
      { id: DIRECTORY, text: who.directory, href: DIRECTORY },
    ],
    onItemClick: ({ detail }) => {
      if (detail.id === ACT) onAct();
      else if (detail.id !== DIRECTORY) onMove({ caller: detail.id });
    },
  };
}

function identity(arn: string, caller: string) {
  const isChosen = arn.split(':').slice(2).join(':') === caller.split(':').slice(2).join(':');
  return { id: arn, itemType: 'checkbox' as const, checked: isChosen, text: shortName(arn), secondaryText: arn };
}

function description(place: Place, accounts: readonly KnownAccount[]): string {
  const account = accounts.find(({ id }) => id === accountOf(place.caller));
  const trust = account?.trusted === false ? who.registered : who.trusted;
  return `${place.caller} (${[trust, ...factsOf(place)].join(', ')})`;
}

/** What goes with the calls beside the caller. */
function factsOf({ session, origin, grantTokens = [] }: Place): string[] {
  const { policies = [], tags = {}, mfa = false } = session ?? {};
  const { vpcEndpoint, sourceIp } = origin ?? {};
  const told = (number: number, text: (number: number) => string) => (number > 0 ? [text(number)] : []);
  return [
    ...told(policies.length, who.facts.policies),
    ...told(Object.keys(tags).length, who.facts.tags),
    ...(mfa ? [who.facts.mfa] : []),
    ...(vpcEndpoint ? [who.facts.endpoint(vpcEndpoint)] : []),
    ...(sourceIp ? [who.facts.sourceIp(sourceIp)] : []),
    ...told(grantTokens.length, who.facts.tokens),
  ];
}
