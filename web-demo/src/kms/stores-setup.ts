// What is behind custom key stores, in the one form in which it is registered and read: clusters of AWS CloudHSM, VPC
// endpoint services, and external key store proxies with their key managers.

import type { EndpointServiceMembers } from 'pocket-kms';

export type EndpointService = EndpointServiceMembers;

export interface Hsm {
  zone: string;
  state: string;
  /** `kmsuser`, where the HSM knows it. */
  users: string[];
}

export interface Subnet {
  zone: string;
  freeAddresses: number;
  deleted?: boolean;
}

/** The parts of a cluster that break by themselves. */
export interface ClusterParts {
  securityGroup: boolean;
  mutualTls: boolean;
  network: boolean;
  kmsFault: boolean;
  busy: boolean;
  sessions: boolean;
}

export interface Cluster extends ClusterParts {
  account: string;
  region: string;
  state: string;
  trustAnchor?: string;
  lineage: string;
  vpc: string;
  subnets: Record<string, Subnet>;
  hsms: Hsm[];
  kmsuser: { failedLogins: number; locked: boolean; loggedInElsewhere: boolean; secondFactor: boolean };
}

/** A cluster with everything that is in it, as its owner's actions tell. */
export interface DescribedCluster extends Cluster {
  cluster: string;
  hasKmsuser: boolean;
  kmsIsLoggedIn: boolean;
  keyCount: number;
  keys: { id: string; label: string }[];
  backups: Backup[];
}

export interface Backup {
  backup: string;
  created: Date;
  keyCount: number;
}

export type ExternalKeyStatus = 'ENABLED' | 'DISABLED' | 'DELETED';

export interface ExternalKey {
  spec: string;
  usages: string[];
  status: ExternalKeyStatus;
  /** How many key materials it has had; the last one encrypts. */
  versions: number;
}

export type Health = 'ACTIVE' | 'DEGRADED' | 'UNAVAILABLE';

export interface Manager {
  id: string;
  model: string;
  healthStatus: Health;
}

/** The proxy's side of TLS. */
export interface Certificate {
  /** The host of the endpoint without it. */
  subject?: string;
  notAfter?: string;
  trusted?: boolean;
  complete?: boolean;
  protocols?: string[];
  clientCertificate?: boolean;
}

/** A way in which a proxy misbehaves: its kind, and what that needs. */
export interface ProxyFault {
  fault: string;
  /** How many more requests it hits; all without it. */
  times?: number;
  [member: string]: unknown;
}

export interface Proxy {
  region: string;
  credentials: { accessKeyId: string }[];
  keys: Record<string, ExternalKey>;
  rules?: unknown[];
  managers: Manager[];
  faults?: (ProxyFault & { id: number })[];
  certificate?: Certificate;
  /** In milliseconds. */
  latency?: number;
  requestLimit?: number;
  /** Whether it refuses everything. */
  blocked?: boolean;
}

/** Everything that is registered, without secrets. */
export interface StoresSetup {
  clusters?: Record<string, Cluster>;
  endpointServices?: Record<string, EndpointService>;
  proxies?: Record<string, Proxy>;
}

/** What is to be registered: an entry says as much as its owner wants, and `null` removes it. */
export interface StoresEntries {
  clusters?: Record<string, (Partial<Omit<Cluster, 'kmsuser'>> & { kmsuser?: { password?: string } }) | null>;
  endpointServices?: Record<string, EndpointService | null>;
  proxies?: Record<string, (Partial<Omit<Proxy, 'keys'>> & { keys?: Record<string, Partial<ExternalKey> | null> }) | null>;
}

/** What the owner of a cluster, or of a proxy, does to it. */
export interface OwnerAct {
  do: string;
  [member: string]: unknown;
}
