// The rules of key stores that a VPC endpoint service can break (CKS-348, CKS-349).
import type { EndpointService } from './stores-setup';

export type ServiceBreak = 'none' | 'acceptance' | 'gateway' | 'zone' | 'noName' | 'pending' | 'failed' | 'principals';

export const SERVICE_BREAKS: readonly { id: ServiceBreak; members: Partial<EndpointService>; is(service: EndpointService): boolean }[] = [
  { id: 'acceptance', members: { acceptanceRequired: true }, is: ({ acceptanceRequired }) => acceptanceRequired === true },
  { id: 'gateway', members: { loadBalancer: 'gateway' }, is: ({ loadBalancer }) => loadBalancer === 'gateway' },
  { id: 'zone', members: { zones: ['one'] }, is: ({ zones }) => zones !== undefined && new Set(zones).size < 2 },
  { id: 'noName', members: { privateDnsName: null }, is: ({ privateDnsName }) => !privateDnsName },
  { id: 'pending', members: { domain: 'pendingVerification' }, is: ({ domain }) => domain === 'pendingVerification' },
  { id: 'failed', members: { domain: 'failed' }, is: ({ domain }) => domain === 'failed' },
  { id: 'principals', members: { allowedPrincipals: [] }, is: ({ allowedPrincipals }) => allowedPrincipals?.length === 0 },
  { id: 'none', members: {}, is: () => true },
];

/** The first rule that a service breaks. */
export function breakOf(service: EndpointService): ServiceBreak {
  return SERVICE_BREAKS.find(({ is }) => is(service))?.id ?? 'none';
}
