import { BlockList, isIP } from 'node:net';

// Special-purpose addresses: the registries of RFC 6890, with multicast and what is reserved.
const PRIVATE_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
/** Of what is routed at all; tunnels and translations among them lead to IPv4 addresses unchecked. */
const PRIVATE_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const refusedV4 = new BlockList();
for (const [address, prefix] of PRIVATE_V4) refusedV4.addSubnet(address, prefix, 'ipv4');
const routedV6 = new BlockList();
routedV6.addSubnet('2000::', 3, 'ipv6');
const refusedV6 = new BlockList();
for (const [address, prefix] of PRIVATE_V6) refusedV6.addSubnet(address, prefix, 'ipv6');

/**
 * True for an address of the public internet. Private, loopback, link-local and every other special range is not, nor
 * is an IPv4 address in the clothes of an IPv6 one, nor anything that is no address.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refusedV4.check(address, 'ipv4');
    case 6:
      // Zones (`fe80::1%eth0`) are of links.
      return !address.includes('%') && routedV6.check(address, 'ipv6') && !refusedV6.check(address, 'ipv6');
    default:
      return false;
  }
}
