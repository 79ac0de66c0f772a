/**
 * What rdf-canonize takes from the machine it runs on, in place of its own file (see gulpfile.js): that one needs `setImmediate`, which a node of
 * n8n may not have. The digest itself isn't used; that it is made outside of the one thread is what lets others have their turn.
 */
import { webcrypto } from 'node:crypto';

export const crypto = webcrypto;

export const setImmediate = (next: () => void): void => void webcrypto.subtle.digest('SHA-256', new Uint8Array()).then(next, next);

export const bufferToHex = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('hex');
