export { createFaultProxy, type FaultProxy, type LinkFault, type LinkFaultKind } from './fault-proxy.ts';
