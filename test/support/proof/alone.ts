import type { Work } from '../../../lib/proof/breather';

/** Work that nobody else waits for. */
export const alone: Work = { piece: async () => {}, isTooMuch: () => false };
