/** @param hostname as `URL` gives it */
export const isLoopback = (hostname: string): boolean =>
	hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * Whether a host isn't on the public internet, by its name alone: addresses that are kept for use inside (RFC 6890) and names that only a local
 * network knows (RFC 6761, 6762, 8375, 9476). A public name may lead inside all the same: n8n itself guards against that, where it is told to
 * (`N8N_SSRF_PROTECTION_ENABLED`).
 *
 * @param hostname as `URL` gives it: it writes every form of an address in one way
 */
export function isInside(hostname: string): boolean {
	const name = hostname.replace(/\.$/, '');
	if (name.startsWith('[')) return !publicIpv6.test(name);
	if (/^[\d.]+$/.test(name)) return insideIpv4.test(name);
	return !name.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(name);
}

/** 2000::/3, less what leads to an IPv4 address (6to4, Teredo). */
const publicIpv6 = /^\[(?!2002:|2001:0?:)[23][\da-f]{3}:/;

const insideIpv4 =
	/^(0|10|127|22[4-9]|2[3-5]\d|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|169\.254|172\.(1[6-9]|2\d|3[01])|192\.0\.0|192\.168|198\.1[89])\./;
