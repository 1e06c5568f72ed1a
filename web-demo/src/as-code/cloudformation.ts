// Calls as templates of CloudFormation, one for each Region: the resources as they are behind the calls.
import { Intrinsic, yaml, type Mapping, type Node } from './yaml';
import { FromReply, Names, isList, isMembers, onOneLine, type Members, type Step, type Value } from './values';

interface Resource {
  Type: 'AWS::KMS::Key' | 'AWS::KMS::ReplicaKey' | 'AWS::KMS::Alias';
  Properties: Record<string, Node | undefined>;
  region: string;
  /** The key, for one that is there before. */
  existing: string | undefined;
}

export interface Templates {
  /** By Region. */
  templates: readonly { region: string; text: string }[];
  /** Operations that no template can say. */
  leftOut: readonly string[];
}

/** `undefined` where nothing of it applies. */
export function cloudFormation(steps: readonly Step[]): Templates | undefined {
  const stack = new Stack(steps);
  const leftOut = steps.filter((step) => step.refused !== undefined || !stack.take(step)).map(({ operation }) => operation);
  const templates = stack.templates();
  return templates.length === 0 ? undefined : { templates, leftOut: [...new Set(leftOut)] };
}

/** Whether the stack can say it. */
type Taker = (stack: Stack, step: Step) => boolean;

class Stack {
  #resources = new Map<string, Resource>();
  #names = new Names();
  /** The logical names of keys that steps have made, each followed by those of its replicas. */
  #made = new Map<Step, string[]>();

  constructor(readonly steps: readonly Step[]) {}

  take(step: Step): boolean {
    return TAKERS[step.operation]?.(this, step) ?? false;
  }

  add(name: string, resource: Omit<Resource, 'existing'>, existing?: string): string {
    const logical = this.#names.next(name);
    this.#resources.set(logical, { ...resource, existing });
    return logical;
  }

  made(step: Step, logical: string): boolean {
    this.#made.set(step, [logical]);
    this.#keysOf(step.input.KeyId)?.push(logical);
    return true;
  }

  remove(logical: string): void {
    this.#resources.delete(logical);
  }

  /** The key that a call is about: one of the stack, or one that is there before. */
  key(step: Step): [string, Resource] {
    const known = this.known(step);
    if (known) return known;
    const logical = this.add('Key', { Type: 'AWS::KMS::Key', Properties: {}, region: step.region }, labelOf(step.input.KeyId));
    return [logical, this.#resources.get(logical) as Resource];
  }

  /** The key that a call is about, where the stack has it. */
  known({ input: { KeyId }, region }: Step): [string, Resource] | undefined {
    const made = this.#keysOf(KeyId);
    const isIt = (logical: string, { existing }: Resource) => (made ? made.includes(logical) : existing === labelOf(KeyId));
    return [...this.#resources].find(([logical, resource]) => resource.region === region && isIt(logical, resource));
  }

  /** The key that has this id from a reply, and its replicas. */
  #keysOf(KeyId: Value | undefined): string[] | undefined {
    const step = KeyId instanceof FromReply ? this.steps[KeyId.step] : undefined;
    return step && this.#made.get(step);
  }

  alias(name: Value | undefined, region: string): [string, Resource] | undefined {
    return [...this.#resources].find(([, { Type, Properties, region: at }]) => Type === 'AWS::KMS::Alias' && Properties.AliasName === name && at === region);
  }

  /** A key as another resource names it. */
  reference(value: Value | undefined, region: string): Node {
    if (!(value instanceof FromReply)) return typeof value === 'string' ? value : '';
    const here = this.#keysOf(value)?.find((logical) => this.#resources.get(logical)?.region === region);
    return new Intrinsic('Ref', here ?? parameterOf(value));
  }

  templates(): { region: string; text: string }[] {
    const regions = [...new Set([...this.#resources.values()].map(({ region }) => region))];
    return regions.map((region) => ({ region, text: this.#template(region) }));
  }

  #template(region: string): string {
    const here = [...this.#resources].filter(([, resource]) => resource.region === region);
    const Resources = Object.fromEntries(here.map(([logical, { Type, Properties }]) => [logical, { Type, Properties }]));
    const parameters = parametersOf(Resources, here.map(([logical]) => logical));
    const said = here.flatMap(([logical, { existing }]) => (existing === undefined ? [] : [`# ${logical} is the key ${onOneLine(existing)}: its resource gets these properties.\n`]));
    const template = {
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: parameters.length > 0 ? Object.fromEntries(parameters.map((name) => [name, { Type: 'String' }])) : undefined,
      Resources,
    };
    return said.join('') + yaml(template).trimStart();
  }
}

function labelOf(KeyId: Value | undefined): string {
  return KeyId instanceof FromReply ? `that call ${KeyId.step + 1} names` : String(KeyId);
}

/** What a template takes from another Region is a parameter. */
function parameterOf({ path }: FromReply): string {
  return `Other${path.at(-1) ?? ''}`;
}

/** The references that lead out of the template. */
function parametersOf(node: Node | undefined, here: readonly string[]): string[] {
  if (node instanceof Intrinsic) return here.includes(node.argument) ? [] : [node.argument];
  if (node === null || typeof node !== 'object') return [];
  return [...new Set(Object.values(node).flatMap((part: Node | undefined) => parametersOf(part, here)))];
}

const CREATED = ['Description', 'KeySpec', 'KeyUsage', 'Origin', 'MultiRegion', 'BypassPolicyLockoutSafetyCheck'] as const;

const TAKERS: Readonly<Record<string, Taker>> = {
  CreateKey(stack, step) {
    const { input, region } = step;
    // CloudFormation makes no keys in custom key stores.
    if ('CustomKeyStoreId' in input) return false;
    const plain = CREATED.map((name) => [name, plainOf(input[name])] as const);
    const Properties = { ...Object.fromEntries(plain), ...sharedOf(input) };
    return stack.made(step, stack.add('Key', { Type: 'AWS::KMS::Key', Properties, region }));
  },
  ReplicateKey(stack, step) {
    const { input } = step;
    const region = String(input.ReplicaRegion);
    const PrimaryKeyArn = input.KeyId instanceof FromReply ? new Intrinsic('Ref', 'PrimaryKeyArn') : String(input.KeyId);
    const Properties = { PrimaryKeyArn, Description: plainOf(input.Description), ...sharedOf(input) };
    return stack.made(step, stack.add('ReplicaKey', { Type: 'AWS::KMS::ReplicaKey', Properties, region }));
  },
  CreateAlias(stack, { input, region }) {
    const Properties = { AliasName: plainOf(input.AliasName), TargetKeyId: stack.reference(input.TargetKeyId, region) };
    stack.add('Alias', { Type: 'AWS::KMS::Alias', Properties, region });
    return true;
  },
  UpdateAlias(stack, step) {
    const known = stack.alias(step.input.AliasName, step.region);
    if (known) known[1].Properties.TargetKeyId = stack.reference(step.input.TargetKeyId, step.region);
    else TAKERS.CreateAlias?.(stack, step);
    return true;
  },
  DeleteAlias(stack, { input, region }) {
    const known = stack.alias(input.AliasName, region);
    if (known) stack.remove(known[0]);
    return known !== undefined;
  },
  ScheduleKeyDeletion: (stack, step) => set(stack, step, { PendingWindowInDays: plainOf(step.input.PendingWindowInDays) ?? 30 }),
  PutKeyPolicy: (stack, step) => set(stack, step, sharedOf(step.input)),
  UpdateKeyDescription: (stack, step) => set(stack, step, { Description: plainOf(step.input.Description) }),
  EnableKey: (stack, step) => set(stack, step, { Enabled: true }),
  DisableKey: (stack, step) => set(stack, step, { Enabled: false }),
  EnableKeyRotation: (stack, step) => set(stack, step, { EnableKeyRotation: true, RotationPeriodInDays: plainOf(step.input.RotationPeriodInDays) }),
  DisableKeyRotation: (stack, step) => set(stack, step, { EnableKeyRotation: false }),
  TagResource(stack, step) {
    const [, { Properties }] = stack.key(step);
    const tags = tagsOf(step.input.Tags);
    const changed = tags.map(({ Key }) => Key);
    const kept = (Properties.Tags as readonly Mapping[] | undefined)?.filter(({ Key }) => !changed.includes(String(Key))) ?? [];
    Properties.Tags = [...kept, ...tags];
    return true;
  },
  UntagResource(stack, step) {
    const tags = stack.known(step)?.[1].Properties.Tags as readonly Mapping[] | undefined;
    const keys = step.input.TagKeys;
    // Of a key that was there before, nobody knows the tags that remain.
    if (tags === undefined || keys === undefined || !isList(keys)) return false;
    Object.assign(stack.key(step)[1].Properties, { Tags: tags.filter(({ Key }) => !keys.includes(String(Key))) });
    return true;
  },
};

function set(stack: Stack, step: Step, properties: Record<string, Node | undefined>): boolean {
  Object.assign(stack.key(step)[1].Properties, properties);
  return true;
}

/** What keys and replicas have in common: a policy, as an object, and tags. */
function sharedOf({ Policy, Tags }: Members): Record<string, Node | undefined> {
  return {
    ...(Policy === undefined ? {} : { KeyPolicy: documentOf(Policy) }),
    ...(Tags === undefined || (isList(Tags) && Tags.length === 0) ? {} : { Tags: tagsOf(Tags) }),
  };
}

/** A policy that is not JSON stays a text, which CloudFormation will refuse as KMS does. */
function documentOf(policy: Value): Node {
  try {
    return JSON.parse(String(policy)) as Node;
  } catch {
    return String(policy);
  }
}

function tagsOf(tags: Value | undefined): { Key: string; Value: string }[] {
  if (tags === undefined || !isList(tags)) return [];
  return tags.filter(isMembers).map(({ TagKey, TagValue }) => ({ Key: String(TagKey), Value: String(TagValue) }));
}

function plainOf(value: Value | undefined): string | number | boolean | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
